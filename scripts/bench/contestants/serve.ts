import type { Answer, Calls, Question } from './helper.ts';

/** Answers what this process's parent asks; the process ends with its parent. */
export function serve(calls: Calls): void {
  const say = (answer: Answer) => process.send?.(answer);
  process.on('message', async ({ id, name, input }: Question) => {
    try {
      const call = calls[name];
      if (call === undefined) throw new Error(`Cannot answer: nobody knows ${name}`);
      say({ id, output: await call(input as never) }); // the parent's types hold it to what this call takes
    } catch (error) {
      say({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.once('disconnect', () => process.exit());
}
