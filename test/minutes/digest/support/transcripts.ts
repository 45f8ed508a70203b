import { readdirSync, readFileSync } from 'node:fs';
import { sentencesOf } from '../../../../src/minutes/digest/sentences.ts';
import { speechActs } from '../../../../src/minutes/digest/speech-acts.ts';

export const LISTS = ['questions', 'promises', 'decisions'] as const;
export type List = (typeof LISTS)[number];

/** A speech act of a transcript: what is expected, or what was found. */
export interface Marked {
  readonly list: List;
  readonly line: number; // its index among the spoken lines
  readonly words: string; // of the line, or the found part of it
  readonly detail?: string; // who answered or `open`; by when
}

export interface Transcript {
  readonly name: string;
  readonly language: string;
  readonly isHeldBack: boolean;
  readonly lines: number;
  readonly expected: readonly Marked[];
  readonly found: readonly Marked[];
}

const FOLDER = new URL('../transcripts/', import.meta.url);

/** The committed transcripts, each with what is to be found in it and what is found. */
export function readTranscripts(): Transcript[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
  return names.toSorted().map((name) => readTranscript(name, readFileSync(new URL(name, FOLDER), 'utf8')));
}

function readTranscript(file: string, content: string): Transcript {
  const [name = ''] = file.split('.');
  const language = name.slice(0, 2);
  const said: { speakerId: string; text: string; language: string }[] = [];
  const expected: Marked[] = [];
  for (const line of content.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
    const mark = /^= (question|promise|decision)(?:, (?:answered by )?(.+))?$/.exec(line);
    if (mark) {
      const [, act, rest] = mark;
      const detail = rest?.replace(/^by "(.*)"$/, '$1');
      const words = said.at(-1)?.text ?? '';
      expected.push({ list: `${act}s` as List, line: said.length - 1, words, ...(detail !== undefined && { detail }) });
    } else if (line.startsWith('=')) throw new Error(`Cannot read a mark of ${file}: ${line}`);
    else {
      const [speakerId = '', text = ''] = line.split(/: (.*)/s);
      said.push({ speakerId, text, language });
    }
  }
  return { name, language, isHeldBack: name.endsWith('held-back'), lines: said.length, expected, found: foundIn(said) };
}

function foundIn(said: readonly { speakerId: string; text: string; language: string }[]): Marked[] {
  const { questions, promises, decisions } = speechActs(said);
  const of = (
    list: List,
    { utterance, from, to }: { utterance: number; from: number; to: number },
    detail?: string,
  ) => ({
    ...{
      list,
      line: utterance,
      words: sentencesOf(said[utterance]?.text ?? '')
        .slice(from, to)
        .map(({ text }) => text)
        .join(' '),
    },
    ...(detail !== undefined && { detail }),
  });
  return [
    ...questions.map((one) =>
      of('questions', one, one.answeredIn === undefined ? 'open' : said[one.answeredIn]?.speakerId),
    ),
    ...promises.map((one) => of('promises', one, one.due)),
    ...decisions.map((one) => of('decisions', one)),
  ];
}
