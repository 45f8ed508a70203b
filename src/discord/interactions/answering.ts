import { randomBytes } from 'node:crypto';
import {
  type APIModalInteractionResponseCallbackData,
  type InteractionReplyOptions,
  type MessageComponentInteraction,
  MessageFlags,
  type RepliableInteraction,
} from 'discord.js';
import { ElsewhereError, SttError, VoiceError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { type Words, wordsFor } from '../../i18n/words.ts';
import { errorText } from '../formatting/error-text.ts';
import { escapeNotice } from '../formatting/escape.ts';
import { MAX_CONTENT } from '../formatting/limits.ts';
import type { Answer } from './command.ts';

/** The command or control, as the log names it: never with the id of a meeting or a person. */
interface Asked {
  readonly name: string;
  readonly log: Log;
}

/** Asks Discord for time, does the work, and answers the asker alone. */
export async function answerAlone(
  ask: RepliableInteraction,
  { name, log }: Asked,
  work: () => Promise<Answer | undefined>,
): Promise<void> {
  await ask.deferReply({ flags: MessageFlags.Ephemeral });
  const found = await work().catch((error: unknown) => apologyFor(error, name, wordsFor(ask.locale), log));
  if (found === undefined) return;
  await ask.editReply(replyOf(found));
  await goOn(ask, found);
}

/**
 * Asks Discord for time, does the work, and puts the answer in the place of the control. A failure gets a message of
 * its own.
 */
export async function answerInPlace(
  used: Pick<MessageComponentInteraction, 'deferUpdate' | 'editReply' | 'followUp' | 'locale'>,
  { name, log }: Asked,
  work: () => Promise<Answer | undefined>,
): Promise<void> {
  await used.deferUpdate();
  let found: Answer | undefined;
  try {
    found = await work();
  } catch (error) {
    const content = apologyFor(error, name, wordsFor(used.locale), log);
    await used.followUp({ content, flags: MessageFlags.Ephemeral });
    return;
  }
  if (found === undefined) return;
  await used.editReply({ ...replyOf(found), attachments: [] });
  await goOn(used, found);
}

interface MayOpenForm extends Pick<RepliableInteraction, 'locale'> {
  showModal(form: APIModalInteractionResponseCallbackData): Promise<unknown>;
  reply(answer: InteractionReplyOptions): Promise<unknown>;
}

/** Opens a form as the first answer, or answers the asker alone where there is none. The work has to be quick. */
export async function answerWithForm(
  ask: MayOpenForm,
  { name, log }: Asked,
  open: (words: Words) => Promise<APIModalInteractionResponseCallbackData | Answer>,
): Promise<void> {
  const words = wordsFor(ask.locale);
  const found = await open(words).catch((error: unknown) => apologyFor(error, name, words, log));
  if (typeof found === 'object' && 'custom_id' in found) await ask.showModal(found);
  else await ask.reply({ ...replyOf(found), flags: MessageFlags.Ephemeral });
}

/** Writes the messages after the first. */
async function goOn(ask: Pick<RepliableInteraction, 'followUp'>, answer: Answer): Promise<void> {
  const more = typeof answer === 'string' ? [] : (answer.more ?? []);
  for (const content of more)
    await ask.followUp({ content, allowedMentions: { parse: [] }, flags: MessageFlags.Ephemeral });
}

/** Tells people what they can do about a failure. The log holds the rest, under a reference. */
function apologyFor(error: unknown, name: string, words: Words, log: Log): string {
  if (error instanceof VoiceError || error instanceof SttError || error instanceof ElsewhereError) {
    log.warn({ err: error, command: name }, 'A command failed');
    return escapeNotice(errorText(error, words));
  }
  const reference = randomBytes(3).toString('hex');
  log.error({ err: error, command: name, reference }, 'A command failed');
  return words.t('router.failed', { reference });
}

function replyOf(answer: Answer) {
  const { content, files = [], components = [] } = typeof answer === 'string' ? { content: answer } : answer;
  return {
    content: content.length > MAX_CONTENT ? `${content.slice(0, MAX_CONTENT - 1).toWellFormed()}…` : content,
    allowedMentions: { parse: [] },
    files: files.map(({ name, bytes }) => ({ name, attachment: bytes })),
    components: [...components],
  };
}
