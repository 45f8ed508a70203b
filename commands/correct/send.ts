import { noteAccess } from '../../src/core/access-log.ts';
import { correctedText, type ShownCorrection } from '../../src/core/correcting/correction.ts';
import type { MeetingRecord } from '../../src/core/record.ts';
import type { FinalSegment } from '../../src/core/segment.ts';
import type { Glossary } from '../../src/core/settings.ts';
import { recordInOwnWords } from '../../src/core/text/glossary.ts';
import { escapeInline, escapeName } from '../../src/discord/formatting/escape.ts';
import { guildWords } from '../../src/discord/formatting/guild-words.ts';
import type { Answer } from '../../src/discord/interactions/command.ts';
import type { FilledIn } from '../../src/discord/interactions/control.ts';
import { PostedLines } from '../../src/discord/transcript/posted-line.ts';
import type { PhraseKey } from '../../src/i18n/phrases.ts';
import type { Words } from '../../src/i18n/words.ts';
import type { CommandContext, ParleyControl } from '../shared/context.ts';
import { rewriteMinutes } from '../shared/rewrite-minutes.ts';
import { sentences } from '../shared/wording.ts';
import { correctableLine } from './correctable.ts';
import { FORM, shownTextOf, TEXT } from './form.ts';
import { offerTerm } from './offer.ts';

const MESSAGES_LIMIT_MS = 60_000; // edits wait for the rate limits of a busy channel
const MAX_QUOTED = 700; // characters of each text in an answer, escapes included

const OUTCOMES: Readonly<Record<ShownCorrection, PhraseKey>> = {
  shown: 'correct.done',
  cut: 'correct.cut',
  'no room': 'correct.noRoom',
  left: 'correct.left',
  'not here': 'correct.left',
};

/** Corrects a line: the journal first, then whatever shows it. Asks anew whether the member may. */
export const correctionForm: ParleyControl = {
  kind: 'form',
  id: FORM.id,
  answers: 'in place',
  async run(filledIn, concerns, context, words) {
    const [meetingId = '', utteranceId = '', seen = ''] = concerns.split(':');
    const found = await correctableLine(filledIn.member, meetingId, utteranceId, context, words);
    if (typeof found === 'string') return found;
    const { record, final } = found;
    const { glossary = [] } = await context.settings.guild(filledIn.guildId);
    const typed = filledIn.fields.getTextInputValue(TEXT);
    const text = correctedText(typed);
    if (text === undefined) return words.t('correct.empty');
    if (text === shownTextOf(final, glossary)) return words.t('correct.unchanged');
    const { displayName: byName, id: byId } = filledIn.member;
    const request = { meetingId, utteranceId, seen, text, byId, byName, atMs: Date.now() };
    const kept = await context.archive.correct(request);
    if (kept.kind === 'gone') return words.t('correct.gone');
    if (kept.kind === 'changed') return tooLate(kept.final, text, words);
    const { guildId } = filledIn;
    noteAccess(context.log, { what: 'line corrected', outcome: 'changed', guildId, userId: byId, meetingId });
    const shown = await showEverywhere(record, kept.final, glossary, context, filledIn);
    const offer = await offerTerm(filledIn.member, { record, final: kept.final }, glossary, context, words);
    return { ...offer, content: sentences(words.t(OUTCOMES[shown]), offer.content) } satisfies Answer;
  },
};

/** Somebody else corrected the line while the form was open: what was typed is given back. */
function tooLate({ corrected, text }: FinalSegment, typed: string, words: Words): string {
  return words.t('correct.changed', {
    name: escapeName(corrected?.byName ?? ''),
    text: quoted(text),
    typed: quoted(typed),
  });
}

/** @param before - the meeting as it was before the correction */
async function showEverywhere(
  before: MeetingRecord,
  final: FinalSegment,
  glossary: Glossary,
  context: CommandContext,
  { guildId }: Pick<FilledIn, 'guildId'>,
): Promise<ShownCorrection> {
  const { meetings, client } = context;
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(MESSAGES_LIMIT_MS)]);
  const { id } = before.head;
  const shown = await meetings.showCorrection(guildId, id, final.utteranceId);
  if (shown !== 'not here') return shown;
  const lines = new PostedLines(client, guildWords(client, guildId));
  const outcome = await lines.correct(recordInOwnWords(before, glossary), final, signal);
  await rewriteMinutes(id, context, signal);
  return outcome;
}

function quoted(text: string): string {
  const escaped = escapeInline(text);
  if (escaped.length <= MAX_QUOTED) return escaped;
  return `${escaped.slice(0, MAX_QUOTED).toWellFormed().replace(/\\$/, '')}…`;
}
