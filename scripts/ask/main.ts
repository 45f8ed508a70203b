import { parseArgs, styleText } from 'node:util';
import { quiet } from '../../src/core/log.ts';
import { ModelAnswerer } from '../../src/summary/answering/model-answerer.ts';
import { type Figures, figuresOf, isRight, type Share } from '../../test/commands/ask/support/figures.ts';
import { playAll, RUNS, type Run } from '../../test/commands/ask/support/runs.ts';

/**
 * `npm run ask`: how well `/ask` answers the committed questions, without a model, with simulated ones that are careful and careless, and with
 * that of SUMMARY_API_URL and SUMMARY_MODEL where these are set. `-- --faults` shows what went wrong in the half of the questions by which `/ask` may be
 * changed, `-- --faults all` in both; `-- --answers` what people saw.
 */
const { faults, answers = false } = parseArgs({
  options: { faults: { type: 'string' }, answers: { type: 'boolean' } },
}).values;
const { SUMMARY_API_URL: apiUrl, SUMMARY_MODEL: model, SUMMARY_API_KEY: apiKey } = process.env;
const { signal } = new AbortController();
const real: readonly Run[] =
  apiUrl === undefined || model === undefined
    ? []
    : [
        {
          name: model,
          open: async () => ({
            answerer: new ModelAnswerer({ apiUrl, model, ...(apiKey !== undefined && { apiKey }), log: quiet, signal }),
            [Symbol.asyncDispose]: async () => {},
          }),
        },
      ];
console.log(styleText('bold', rowOf('', ['citations exist', 'abstained', 'answered', 'retrieved', 'made up, shown'])));
for (const run of [...RUNS, ...real]) {
  const { outcomes, madeUp } = await playAll(run);
  for (const [half, own] of [
    ['tuning', outcomes.filter(({ question }) => !question.isHeldBack)],
    ['held back', outcomes.filter(({ question }) => question.isHeldBack)],
    ['both', outcomes],
  ] as const)
    console.log(rowOf(`${run.name}, ${half}`, cellsOf(figuresOf(own, madeUp))));
  for (const outcome of outcomes) {
    const { question, kind, found, content } = outcome;
    const isFault =
      question.restsOn.length > 0 ? !isRight(outcome) || found.length < question.restsOn.length : kind === 'answered';
    const isShown = faults !== undefined && isFault && (faults === 'all' || !question.isHeldBack);
    if (isShown || answers)
      console.log(`  ${question.text} [${kind}, ${found.length} of ${question.restsOn.length} lines found]`);
    if (answers) console.log(content.replaceAll(/^/gm, '    '));
  }
}

function cellsOf({ citations, abstained, answered, retrieved, madeUp }: Figures): string[] {
  return [...[citations, abstained, answered, retrieved].map(inWords), `${madeUp}`];
}

function inWords({ right, of }: Share): string {
  return `${right}/${of}`;
}

function rowOf(name: string, cells: readonly string[]): string {
  return `${name.padEnd(32)}${cells.map((cell) => cell.padEnd(17)).join('')}`;
}
