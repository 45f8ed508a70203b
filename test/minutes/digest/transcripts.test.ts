import { describe, expect, it } from 'vitest';
import { faultsOf, scoreOf } from './support/score.ts';
import { LISTS, readTranscripts } from './support/transcripts.ts';

const LEAST_PRECISION = 0.8;
const LEAST_RECALL = 0.6;
const FEWEST = 5; // of fewer, one more or less says little

const transcripts = readTranscripts();
const languages = [...new Set(transcripts.map(({ language }) => language))];
const halves = [
  ['the transcripts by which patterns were made', transcripts.filter(({ isHeldBack }) => !isHeldBack)],
  ['those that were held back', transcripts.filter(({ isHeldBack }) => isHeldBack)],
] as const;

describe('the transcripts', () => {
  it('are two in each language, of forty lines and more, with each list in each', () => {
    expect(languages).toEqual(['de', 'en', 'es', 'fr', 'ja', 'pt']);
    expect(halves.map(([, own]) => own.map(({ language }) => language))).toEqual([languages, languages]);
    for (const { expected, lines } of transcripts) {
      expect(lines).toBeGreaterThanOrEqual(40);
      expect(new Set(expected.map(({ list }) => list))).toEqual(new Set(LISTS));
    }
  });
});

describe.each(LISTS)('%s', (list) => {
  it.each(halves)('are found in %s', (_, own) => {
    const { precision, recall } = scoreOf(own, list);
    expect(precision).toBeGreaterThanOrEqual(LEAST_PRECISION);
    expect(recall).toBeGreaterThanOrEqual(LEAST_RECALL);
  });

  it.each(languages)('are found in %s', (language) => {
    const own = transcripts.filter((one) => one.language === language);
    const { expected, precision, recall } = scoreOf(own, list);
    expect(expected).toBeGreaterThanOrEqual(FEWEST);
    const faults = own.map((one) => faultsOf(one, list));
    expect({ precision, faults }).toSatisfy((one: { precision: number }) => one.precision >= LEAST_PRECISION);
    expect({ recall, faults }).toSatisfy((one: { recall: number }) => one.recall >= LEAST_RECALL);
  });
});

describe('of what is found', () => {
  it.each(halves)(
    'who answers a question, and by when something is promised, is right nine times of ten in %s',
    (_, own) => {
      for (const list of ['questions', 'promises'] as const) {
        const { right, detailRight } = scoreOf(own, list);
        expect(detailRight / right).toBeGreaterThanOrEqual(0.9);
      }
    },
  );
});
