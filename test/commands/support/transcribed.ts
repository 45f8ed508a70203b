import { quiet } from '../../../src/core/log.ts';
import type { MeetingHead, PostedAt } from '../../../src/core/record.ts';
import type { FinalSegment, TranslationSegment } from '../../../src/core/segment.ts';
import type { TranscriptLook } from '../../../src/core/settings.ts';
import { DiscordTranscriptChannels } from '../../../src/discord/transcript/transcript-channels.ts';
import type { Message } from '../../simulators/discord/index.ts';
import { makeHead } from '../../support/make.ts';
import type { Office } from './office.ts';

interface Said {
  readonly finals: readonly FinalSegment[];
  readonly translations?: readonly TranslationSegment[];
  readonly look?: Partial<TranscriptLook>;
  /** Missing: it is over. */
  readonly isRunning?: boolean;
}

/** A meeting of the office, in the journal and as messages in its text channel. */
export interface Transcribed {
  readonly head: MeetingHead;
  readonly messages: readonly Message[];
}

/** @param speakers - the name of everybody who spoke, by id */
export async function transcribed(
  { guild, general, standup, ana, client, journal, meetings }: Office,
  { finals, translations = [], look = {}, isRunning = false }: Said,
  speakers: Readonly<Record<string, string>>,
): Promise<Transcribed> {
  const head = makeHead({
    id: 'm1',
    guildId: guild.id,
    voiceChannelId: standup.id,
    textChannelId: general.id,
    startedBy: ana.id,
  });
  await journal.begin(head);
  const writer = journal.of(head.id);
  for (const [speakerId, displayName] of Object.entries(speakers))
    await writer.joined({ speakerId, displayName, joinedMs: 0 });
  for (const segment of [...finals, ...translations]) await writer.write(segment);
  const posted: PostedAt[] = [];
  const { signal } = new AbortController();
  const channels = new DiscordTranscriptChannels({ client, log: quiet, fallbacks: () => [], signal });
  const channel = channels.open(
    head,
    { style: 'finals', speakerWebhooks: false, thread: false, languageThreads: [], ...look },
    { posted: (at) => posted.push(at), placed: () => {}, shown: () => {}, remarked: () => {} },
  );
  for (const segment of [...finals, ...translations])
    channel.post(segment, { id: segment.speakerId, displayName: speakers[segment.speakerId] ?? '', isBot: false });
  await channel.drained(AbortSignal.timeout(10_000));
  for (const at of posted) await writer.posted(at);
  if (isRunning) meetings.take(head);
  else {
    await writer.end(60_000, 'stopped');
    await writer.settled();
  }
  const ids = new Set(posted.map(({ messageId }) => messageId));
  const all = [general, ...guild.threads.values()].flatMap(({ messages }) => messages);
  return { head, messages: all.filter(({ id }) => ids.has(id)) };
}
