import { z } from 'zod';
import { type AccessEvent, noteAccess } from '../../core/access-log.ts';
import type { Answerer } from '../../core/asking/answerer.ts';
import { findPassages, type Passage } from '../../core/asking/passages.ts';
import { wordsToFind } from '../../core/asking/question-words.ts';
import type { CoolDowns } from '../../core/concurrency/cool-downs.ts';
import type { Log } from '../../core/log.ts';
import type { Archive } from '../../core/ports/archive.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { ApiKey } from '../../core/programs/keys.ts';
import { namesIn } from '../../core/text/names.ts';
import { Problem } from '../problem.ts';
import { type Reading, tooSoon } from '../programs/reading.ts';

const MOST_QUOTED = 20; // lines
const WHAT: AccessEvent['what'] = 'question answered';

export interface AskingParts {
  readonly archive: Pick<Archive, 'search' | 'read' | 'head'>;
  readonly settings: Pick<Settings, 'guild' | 'member'>;
  readonly reading: Pick<Reading, 'readerOf' | 'mayRead'>;
  readonly coolDowns: CoolDowns;
  readonly answerer?: Answerer | undefined; // missing: passages are quoted instead
  readonly log: Log;
}

const cited = z.object({
  ...{ meetingId: z.string(), meetingTitle: z.string(), utteranceId: z.string(), startMs: z.int() },
  ...{ speaker: z.string(), text: z.string() },
});

export const answer = z.object({
  kind: z
    .enum(['answered', 'quoted', 'nothing'])
    .describe(
      'answered: a model wrote the sentences; quoted: lines that may answer it; nothing: nothing was said about it',
    ),
  sentences: z.array(z.object({ text: z.string(), cites: z.array(cited).describe('what it is taken from') })),
  lines: z.array(cited).describe('where they are quoted'),
});

type Given = z.infer<typeof answer>;

interface Wish {
  readonly question: string;
  readonly since?: Date | undefined;
  readonly meetingId?: string | undefined;
  readonly language?: string | undefined;
}

/** Answers a question from what the member of the key may read now, by the same passages and the same model as `/ask`. @throws {Problem} */
export async function ask(
  key: ApiKey,
  { question, since, meetingId, language }: Wish,
  parts: AskingParts,
): Promise<Given> {
  const { archive, settings, reading, coolDowns, answerer, log } = parts;
  const { guildId, userId } = key;
  const { glossary = [], timeZone } = await settings.guild(guildId);
  const named = meetingId === undefined ? undefined : await archive.head(meetingId);
  if (meetingId !== undefined && !(named && (await reading.mayRead(key, named)))) {
    throw new Problem('not-found', 'There is no such meeting that the member of the key may read');
  }
  if (wordsToFind(question).length === 0 && !(answerer && meetingId !== undefined)) {
    throw new Problem('bad-parameter', 'question has to name something that was talked about');
  }
  const mayRead = await reading.readerOf(key);
  const againMs = coolDowns.take('ask', guildId, userId);
  if (againMs !== undefined) throw tooSoon(againMs);
  const passages = await findPassages(archive, guildId, {
    ...{ question, glossary, mayRead: async (head) => head.id === named?.id || mayRead(head) },
    ...(since && { since }),
    ...(meetingId !== undefined && { meetingId }),
  });
  noteAccess(log, { what: WHAT, outcome: 'allowed', by: 'key', guildId, userId });
  const nothing: Given = { kind: 'nothing', sentences: [], lines: [] };
  if (passages.length === 0) return nothing;
  const reads = language ?? (await settings.member(guildId, userId)).reads ?? 'en';
  const zone = timeZone === undefined ? {} : { timeZone };
  const given = await answerer?.answer({ question, passages, language: reads, ...zone });
  const all = linesOf(passages);
  if (given?.kind === 'answered') {
    const sentences = given.sentences.map(({ text, cites }) => ({
      text,
      cites: cites.flatMap((cite) => all.get(`${cite.meetingId} ${cite.utteranceId}`) ?? []),
    }));
    return { kind: 'answered', sentences, lines: [] };
  }
  const hits = passages.flatMap(({ meeting, hits }) => [...hits.keys()].map((id) => `${meeting.head.id} ${id}`));
  const lines = hits.flatMap((id) => all.get(id) ?? []).slice(0, MOST_QUOTED);
  return lines.length === 0 ? nothing : { kind: 'quoted', sentences: [], lines };
}

/** Every line of the passages, by its meeting and utterance. */
function linesOf(passages: readonly Passage[]): ReadonlyMap<string, z.infer<typeof cited>> {
  return new Map(
    passages.flatMap(({ meeting, lines }) => {
      const names = namesIn(meeting);
      const { id, title } = meeting.head;
      return lines.map(({ utteranceId, speakerId, startMs, text }) => [
        `${id} ${utteranceId}`,
        {
          ...{ meetingId: id, meetingTitle: title, utteranceId, startMs: Math.round(startMs) },
          ...{ speaker: names.get(speakerId) ?? '', text },
        },
      ]);
    }),
  );
}
