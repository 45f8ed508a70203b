import { describe, expect, it } from 'vitest';
import { inRealTime } from '../support/real-time/in-real-time.ts';
import { openStage } from '../support/stage.ts';
import { parse, type Scrape } from '../web/metrics/support/scrape.ts';

describe('the metrics of the bot', inRealTime, () => {
  it('tell of a meeting while it runs and when it is over, without anything of who was there', async () => {
    await using stage = await openStage({ environment: { METRICS_PORT: '0' } });
    const text = async () => (await stage.bot.ask('Metrics', '/metrics')).text();
    const scrape = async (): Promise<Scrape> => parse(await text());
    const ana = stage.guild.addMember({ name: 'Ana' });
    stage.guild.addMember({ name: 'Ben' }).join(stage.voice);
    ana.join(stage.voice);
    await stage.command(ana, 'transcribe start');
    await ana.say('good morning');
    await stage.text.waitFor(({ content }) => content.includes('good morning'));
    const during = await scrape();
    expect(during.get('parley_meetings{state="running"}')).toBe(1);
    expect(during.get('parley_people{state="there"}')).toBe(2);
    expect(during.get('parley_voice_links{state="connected"}')).toBe(1);
    expect(during.get('parley_voice_packets_total{outcome="heard"}')).toBeGreaterThan(20);
    expect(during.get('parley_stt_sockets{state="open"}')).toBe(1);
    expect(during.get('parley_stt_dials_total{result="opened"}')).toBe(1);
    expect(during.get('parley_stt_audio_seconds_total{kind="speech"}')).toBeGreaterThan(0.3);
    expect(during.get('parley_shard_up{shard="0"}')).toBe(1);
    expect(during.get('parley_journal_write_seconds_count{op="begin"}')).toBe(1);
    expect(during.get('parley_journal_held')).toBe(0);

    await stage.command(stage.moderator, 'transcribe stop');
    await stage.text.waitFor(({ attachments }) => (attachments?.length ?? 0) > 0);
    const after = await scrape();
    expect(after.get('parley_meetings{state="running"}')).toBe(0);
    expect(after.get('parley_meetings_ended_total{ending="stopped"}')).toBe(1);
    expect(after.get('parley_voice_packets_total{outcome="heard"}')).toBeGreaterThanOrEqual(
      during.get('parley_voice_packets_total{outcome="heard"}') ?? Number.NaN,
    );
    expect(after.get('parley_final_delay_seconds_count')).toBe(1);
    expect(after.get('parley_final_to_shown_seconds_count')).toBe(1);
    expect(after.get('parley_discord_requests_total{route="POST /channels/:id/messages",code="200"}')).toBeGreaterThan(
      0,
    );
    expect(after.get('parley_discord_wait_seconds_count{class="final"}')).toBeGreaterThan(0); // also of one process
    expect(after.get('parley_posting_degraded')).toBe(0);
    expect(after.get('parley_fenced_writes_total')).toBe(0);
    for (const secret of [
      stage.guild.id,
      stage.voice.id,
      stage.text.id,
      ana.id,
      'Ana',
      'good morning',
      stage.discord.token,
    ])
      expect(await text()).not.toContain(secret);
  });
});
