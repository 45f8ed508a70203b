import type { SpeakerId } from '../../core/ids.ts';
import type { MeetingRecord } from '../../core/record.ts';
import type { FinalSegment, TranslationSegment } from '../../core/segment.ts';
import { oneLine } from '../../core/text/plain-text.ts';
import type { Line, Passage } from './minutes-model.ts';

// A reader wants to know to about half a minute when something was said.
const MAX_PAUSE_MS = 5_000;
const MAX_PASSAGE_MS = 30_000;

/** The transcript in the order in which utterances began. Every text stays complete and separate. */
export function passagesOf(record: MeetingRecord, nameOf: (id: SpeakerId) => string): Passage[] {
  const passages: { name: string; startMs: number; lines: Line[] }[] = [];
  let last: Line | undefined;
  for (const line of linesOf(record)) {
    const passage = passages.at(-1);
    const goesOn = last?.speakerId === line.speakerId && line.startMs - last.endMs <= MAX_PAUSE_MS;
    if (passage && goesOn && line.startMs - passage.startMs <= MAX_PASSAGE_MS) passage.lines.push(line);
    else passages.push({ name: nameOf(line.speakerId), startMs: line.startMs, lines: [line] });
    last = line;
  }
  return passages;
}

function linesOf({ finals, translations }: MeetingRecord): Line[] {
  const said = finals.filter(({ text }) => oneLine(text) !== '');
  const known = new Set(said.map(({ utteranceId }) => utteranceId));
  const byUtterance = Map.groupBy(
    translations.filter(({ text }) => oneLine(text) !== ''),
    ({ utteranceId }) => utteranceId,
  );
  const lines = said.map((final) => lineOf(final, byUtterance.get(final.utteranceId) ?? []));
  for (const [id, orphans] of byUtterance) {
    const [first] = orphans;
    if (first && !known.has(id)) lines.push(lineOf(first, orphans));
  }
  return lines.toSorted((a, b) => a.startMs - b.startMs);
}

function lineOf(spoken: FinalSegment | TranslationSegment, translations: readonly TranslationSegment[]): Line {
  const { utteranceId, speakerId, startMs, endMs, text, language } = spoken;
  return {
    utteranceId,
    speakerId,
    startMs,
    endMs,
    ...(spoken.kind === 'final' && { text, language }),
    ...(spoken.kind === 'final' && spoken.corrected && { corrected: spoken.corrected }),
    isConfirmed: spoken.kind === 'translation' || spoken.confirmed || spoken.corrected !== undefined,
    translations: translations
      .map((translation) => ({ language: translation.language, text: translation.text }))
      .toSorted((a, b) => (a.language < b.language ? -1 : 1)),
  };
}
