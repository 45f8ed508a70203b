import { describe, expect, it } from 'vitest';
import { scraped } from './support/scrape.ts';

describe('the metrics for Prometheus', () => {
  it('say which version runs', async () => {
    await using server = await scraped('4.5.6');
    expect((await server.scrape()).get('parley_build_info{version="4.5.6"}')).toBe(1);
  });

  it('count meetings and people at the moment of each scrape', async () => {
    await using server = await scraped();
    let talking = 2;
    const byState = { running: 3, paused: 1, finishing: 0, restarting: 0 };
    server.metrics.readFrom({ meetings: () => ({ byState, people: 9, talking }) });
    const first = await server.scrape();
    expect(first.get('parley_meetings{state="running"}')).toBe(3);
    expect(first.get('parley_people{state="there"}')).toBe(9);
    talking = 5;
    expect((await server.scrape()).get('parley_people{state="talking"}')).toBe(5);
  });

  it('show nothing of a part of the bot that does not run yet', async () => {
    await using server = await scraped();
    const names = [...(await server.scrape()).keys()];
    expect(names.filter((name) => /parley_(shards|meetings\{|stt_waiting|bus_up|journal_held)/.test(name))).toEqual([]);
  });

  it('sum up plain numbers as counters that only grow', async () => {
    await using server = await scraped();
    let received = 50;
    server.metrics.readFrom({ voice: () => ({ packets: { received, concealed: 1 }, links: { connected: 2 } }) });
    expect((await server.scrape()).get('parley_voice_packets_total{outcome="received"}')).toBe(50);
    received = 75;
    const second = await server.scrape();
    expect(second.get('parley_voice_packets_total{outcome="received"}')).toBe(75);
    expect(second.get('parley_voice_links{state="connected"}')).toBe(2);
  });

  it('give audio in seconds, speech and silence apart', async () => {
    await using server = await scraped();
    const recogniser = { sockets: { open: 4, opening: 1 }, waiting: 2, dials: { opened: 7, refused: 1 } };
    server.metrics.readFrom({ recogniser: () => ({ ...recogniser, speechMs: 90_500, silenceMs: 1_500 }) });
    const now = await server.scrape();
    expect(now.get('parley_stt_audio_seconds_total{kind="speech"}')).toBe(90.5);
    expect(now.get('parley_stt_audio_seconds_total{kind="silence"}')).toBe(1.5);
    expect(now.get('parley_stt_sockets{state="open"}')).toBe(4);
    expect(now.get('parley_stt_waiting')).toBe(2);
    expect(now.get('parley_stt_dials_total{result="refused"}')).toBe(1);
  });

  it('count requests by route and answer, and a 429 of a shared limit not as invalid', async () => {
    await using server = await scraped();
    const { answered } = server.metrics.discord;
    answered('POST /channels/:id/messages', 200);
    answered('POST /channels/:id/messages', 429, 'global');
    answered('POST /channels/:id/messages', 429, 'shared');
    answered('PATCH /channels/:id/messages/:id', 403);
    const now = await server.scrape();
    expect(now.get('parley_discord_requests_total{route="POST /channels/:id/messages",code="429"}')).toBe(2);
    expect(now.get('parley_discord_ratelimited_total{scope="global"}')).toBe(1);
    expect(now.get('parley_discord_invalid_total')).toBe(2);
  });

  it('tell of seats, moves and leases of a cluster', async () => {
    await using server = await scraped();
    const { cluster } = server.metrics;
    server.metrics.readFrom({
      seats: () => ({ shards: 4, serving: 2, heir: 2, ready: 1 }),
      isBusUp: () => false,
      identifiesLeft: () => 990,
    });
    cluster.renewed(4);
    cluster.leaseLost('frozen');
    cluster.fencedWrite();
    cluster.handedOver('drain', 'moved');
    cluster.handoverGap(900);
    cluster.identified();
    const now = await server.scrape();
    expect(now.get('parley_shards')).toBe(4);
    expect(now.get('parley_shard_seats{role="ready"}')).toBe(1);
    expect(now.get('parley_bus_up')).toBe(0);
    expect(now.get('parley_identifies_remaining')).toBe(990);
    expect(now.get('parley_lease_renewal_seconds_bucket{le="0.005"}')).toBe(1);
    expect(now.get('parley_lease_lost_total{why="frozen"}')).toBe(1);
    expect(now.get('parley_fenced_writes_total')).toBe(1);
    expect(now.get('parley_handovers_total{reason="drain",result="moved"}')).toBe(1);
    expect(now.get('parley_handover_gap_seconds_bucket{le="1"}')).toBe(1);
    expect(now.get('parley_handover_gap_seconds_bucket{le="0.5"}')).toBe(0);
    expect(now.get('parley_identifies_total')).toBe(1);
  });

  it('are named in base units, and counters end with _total', async () => {
    await using server = await scraped();
    const ours = [...(await server.types())].filter(([name]) => name.startsWith('parley_'));
    expect(ours.length).toBeGreaterThan(25);
    expect(ours.filter(([name, type]) => (type === 'counter') !== name.endsWith('_total'))).toEqual([]);
    expect(ours.filter(([name, type]) => type === 'histogram' && !name.endsWith('_seconds'))).toEqual([]);
    expect(ours.filter(([name]) => /_(ms|minutes|milliseconds|kb)\b/.test(name))).toEqual([]);
  });
});
