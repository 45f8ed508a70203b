import type { Answerer } from '../../../../src/core/asking/answerer.ts';
import { findPassages } from '../../../../src/core/asking/passages.ts';
import { CoolDowns } from '../../../../src/core/concurrency/cool-downs.ts';
import { wordsFor } from '../../../../src/i18n/words.ts';
import type { Member } from '../../../simulators/discord/index.ts';
import { makeFinal, makeHead, makeTranslation } from '../../../support/make.ts';
import { openOffice } from '../../support/open-office.ts';
import type { SetLine, SetMeeting, SetQuestion } from './question-set.ts';

const DAY_MS = 86_400_000;
const LINE_MS = 6_000; // from one line to the next

/** What became of a question. */
export interface Outcome {
  readonly question: SetQuestion;
  readonly kind: 'answered' | 'quoted' | 'nothing found' | 'not answered' | 'failed';
  readonly found: readonly string[]; // of the lines that an answer has to rest on: those among what was found
  readonly links: readonly (SetLine | undefined)[]; // `undefined`: there is no such message
  readonly content: string;
}

export interface AskedOffice extends AsyncDisposable {
  ask(question: SetQuestion): Promise<Outcome>;
}

/** A server with these meetings, in which people use `/ask`. */
export async function openAskedOffice(meetings: readonly SetMeeting[], answerer?: Answerer): Promise<AskedOffice> {
  let hour = 0;
  const coolDowns = new CoolDowns(() => (hour += 3_600_000)); // one question an hour is none too many
  const place = await openOffice({ coolDowns, ...(answerer && { answerer }) });
  const { guild, general, standup, boss, journal } = place;
  const lineOf = new Map<string, SetLine>(); // by the address of its message
  for (const meeting of meetings) await keep(meeting);
  const askers = new Map<string, Member>();
  return {
    async ask(question) {
      const asker =
        askers.get(question.language) ?? guild.addMember({ name: question.language, locale: localeOf(question) });
      askers.set(question.language, asker);
      const { original, followUps } = await asker.command('ask', { question: question.text }, { channel: general });
      const content = [original, ...followUps].map((message) => message?.content ?? '').join('\n');
      const links = [...content.matchAll(/\]\((https:[^)\s]+)\)/g)].map(([, url = '']) => lineOf.get(url));
      return { question, kind: kindOf(content, question), found: await foundFor(question), links, content };
    },
    [Symbol.asyncDispose]: async () => await place[Symbol.asyncDispose](),
  };

  async function keep({ name: id, title, daysAgo, isRunning, lines }: SetMeeting): Promise<void> {
    const beganAt = new Date(Date.now() - daysAgo * DAY_MS - lines.length * LINE_MS);
    const channels = { voiceChannelId: standup.id, textChannelId: general.id, startedBy: boss.id, guildId: guild.id };
    const own = await journal.begin(makeHead({ ...channels, id, title, beganAt }));
    const speakers = new Map(
      [...new Set(lines.map(({ name }) => name))].map((name, at) => [name, `7${id.length}${at}0`]),
    );
    for (const [displayName, speakerId] of speakers) await own.joined({ speakerId, displayName, joinedMs: 0 });
    for (const [at, line] of lines.entries()) {
      const utteranceId = `${id}-${at}`;
      const spoken = {
        ...{ utteranceId, speakerId: speakers.get(line.name) ?? '' },
        ...{ startMs: at * LINE_MS, endMs: (at + 1) * LINE_MS - 500 },
      };
      await own.write(makeFinal({ ...spoken, text: line.text, language: line.language }));
      for (const translation of line.translations) await own.write(makeTranslation({ ...spoken, ...translation }));
      const messageId = `9${lineOf.size + 1_000}`;
      await own.posted({ utteranceId, channelId: general.id, messageId });
      lineOf.set(`https://discord.com/channels/${guild.id}/${general.id}/${messageId}`, line);
    }
    if (!isRunning) await own.end(lines.length * LINE_MS, 'stopped');
  }

  async function foundFor({ text: question, restsOn }: SetQuestion): Promise<string[]> {
    const passages = await findPassages(journal.archive, guild.id, {
      question,
      glossary: [],
      mayRead: async () => true,
    });
    const texts = new Set(passages.flatMap(({ lines }) => lines.map(({ text }) => text)));
    const labels = [...lineOf.values()].filter(({ text }) => texts.has(text)).map(({ label }) => label);
    return restsOn.filter((label) => labels.includes(label));
  }
}

function localeOf({ language }: SetQuestion): string {
  return { en: 'en-US', es: 'es-ES', pt: 'pt-BR' }[language] ?? language;
}

function kindOf(content: string, question: SetQuestion): Outcome['kind'] {
  const words = wordsFor(localeOf(question));
  const says = (phrase: 'ask.nothing' | 'ask.unanswered' | 'ask.failed' | 'ask.quoted') =>
    content.includes(words.t(phrase));
  if (says('ask.nothing')) return 'nothing found';
  if (says('ask.unanswered')) return 'not answered';
  if (says('ask.failed')) return 'failed';
  if (says('ask.quoted')) return 'quoted';
  if (!content.includes('\n• ')) throw new Error(`The bot said something else: ${content}`);
  return 'answered';
}
