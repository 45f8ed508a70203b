import type { Answer, Calls, Question } from './helper.ts';

/** Answers the calls of the parent process. This process ends with its parent. */
export function serve(calls: Calls): void {
  const say = (answer: Answer) => process.send?.(answer);
  process.on('message', async ({ id, name, input }: Question) => {
    try {
      const call = calls[name];
      if (call === undefined) throw new Error(`Cannot answer: there is no call ${name}`);
      say({ id, output: await call(input as never) }); // the parent's types guarantee the type of the input
    } catch (error) {
      say({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.once('disconnect', () => process.exit());
}
