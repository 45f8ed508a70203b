import { WORDS } from './sentences.ts';

const DEFECT = /"level":"(?:error|fatal)"|nobody awaited|MaxListeners|uncaught/i;
const VARYING = /"(?:time|meeting|speaker)":"[^"]*",/g;

export interface LogFlaws {
  readonly unspeakable: readonly string[]; // words and secrets in the log
  readonly complaints: readonly string[]; // lines of the log that tell of a defect
}

/** What must not be in the output of a bot among whose people only our own sentences are said. */
export function logFlaws(output: string, secrets: readonly string[]): LogFlaws {
  const words = WORDS.filter((word) => new RegExp(`\\b${word}\\b`).test(output)); // `members` is not `ember`
  const spilt = secrets.filter((secret) => output.includes(secret));
  const lines = output.split('\n').filter((line) => DEFECT.test(line));
  return {
    unspeakable: [...words, ...spilt.map(() => 'a secret')],
    complaints: [...new Set(lines.map((line) => line.replace(VARYING, '')))],
  };
}
