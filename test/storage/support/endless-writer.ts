import { quiet } from '../../../src/core/log.ts';
import { openJournal } from '../../../src/storage/journal/journal.ts';
import { makeFinal, makeHead } from '../../support/make.ts';

/** Writes finals to the journal named on the command line until it is killed; prints how many it was told are written. */
const journal = await openJournal(process.argv[2] ?? '', quiet);
await journal.begin(makeHead());
for (let n = 0; ; n += 1) {
  await journal.of('m1').write(makeFinal({ utteranceId: `u${n}`, startMs: n, endMs: n + 1, text: `word ${n}` }));
  process.stdout.write(`${n + 1}\n`);
}
