import { parseArgs, styleText } from 'node:util';
import { faultsOf, scoreOf } from '../test/minutes/digest/support/score.ts';
import { LISTS, type Marked, readTranscripts, type Transcript } from '../test/minutes/digest/support/transcripts.ts';

/**
 * `npm run digest`: how well questions, promises and decisions are found in the committed transcripts, and with `-- --faults` what was missed
 * and what was wrong. The faults of transcripts that are held back are shown with `-- --faults all` only: whoever changes a pattern does not look at them.
 */
const { faults, half } = parseArgs({ options: { faults: { type: 'string' }, half: { type: 'string' } } }).values;
const all = readTranscripts();
const halves: readonly (readonly [string, readonly Transcript[]])[] = [
  ['tuning', all.filter(({ isHeldBack }) => !isHeldBack)],
  ['held back', all.filter(({ isHeldBack }) => isHeldBack)],
  ['both', all],
];
for (const [name, transcripts] of halves) {
  if (half !== undefined && half !== name) continue;
  console.log(styleText('bold', `\n${name.padEnd(12)}${LISTS.map((list) => list.padEnd(36)).join('')}`));
  const languages = [...new Set(transcripts.map(({ language }) => language))];
  for (const language of [...languages, 'all']) {
    const own = transcripts.filter((one) => language === 'all' || one.language === language);
    console.log(`${language.padEnd(12)}${LISTS.map((list) => inWords(own, list).padEnd(36)).join('')}`);
  }
}
const shown =
  faults === undefined
    ? []
    : all.filter(
        ({ isHeldBack, name }) => faults === 'all' || (!isHeldBack && (faults === 'tuning' || name.startsWith(faults))),
      );
for (const transcript of shown) {
  console.log(styleText('bold', `\n${transcript.name}`));
  for (const list of LISTS) {
    const { missed, wrong, otherDetail } = faultsOf(transcript, list);
    const line = ({ words, detail }: Marked) => `${words}${detail === undefined ? '' : ` [${detail}]`}`;
    for (const one of missed) console.log(`  ${list} missed: ${line(one)}`);
    for (const one of wrong) console.log(`  ${list} wrong:  ${line(one)}`);
    for (const { expected, found } of otherDetail)
      console.log(
        `  ${list} other:  ${found.words} [${found.detail ?? 'none'} instead of ${expected.detail ?? 'none'}]`,
      );
  }
}

function inWords(transcripts: readonly Transcript[], list: (typeof LISTS)[number]): string {
  const { precision, recall, right, found, expected, detailRight } = scoreOf(transcripts, list);
  const detail = list === 'decisions' ? '' : ` ${detailRight}/${right}`;
  return `P ${precision.toFixed(2)} (${right}/${found}) R ${recall.toFixed(2)} (${right}/${expected})${detail}`;
}
