import { readdirSync, readFileSync } from 'node:fs';

/** A line of a committed meeting. */
export interface SetLine {
  readonly label?: string; // by which questions name it
  readonly name: string;
  readonly language: string;
  readonly text: string;
  readonly translations: readonly { readonly language: string; readonly text: string }[];
}

export interface SetMeeting {
  readonly name: string;
  readonly title: string;
  readonly daysAgo: number; // 0: it runs
  readonly isRunning: boolean;
  readonly lines: readonly SetLine[];
}

export interface SetQuestion {
  readonly text: string;
  readonly language: string; // the asker's
  readonly restsOn: readonly string[]; // labels of lines; empty: the record does not answer it
  readonly sentence: string; // a right answer, or a made-up one where there is none
  readonly isHeldBack: boolean;
}

const SET = new URL('../set/', import.meta.url);
const OTHER_MEETINGS = new URL('../../../minutes/digest/transcripts/', import.meta.url);

/** The three meetings that the questions are about. */
export function readMeetings(): SetMeeting[] {
  return ['twinning', 'harbour', 'house'].map((name) =>
    readMeeting(name, readFileSync(new URL(`${name}.txt`, SET), 'utf8')),
  );
}

/** Twelve meetings that answer none of the questions: a server has more than what somebody asks about. */
export function readOtherMeetings(): SetMeeting[] {
  const files = readdirSync(OTHER_MEETINGS).filter((file) => file.endsWith('.txt'));
  return files.toSorted().map((file, at) => {
    const content = readFileSync(new URL(file, OTHER_MEETINGS), 'utf8').split('\n');
    const language = file.slice(0, 2);
    const lines = content.flatMap((line) => {
      const [, name, text] = /^([^#=:]+): (.+)$/.exec(line) ?? [];
      return name === undefined || text === undefined ? [] : [{ name, language, text, translations: [] }];
    });
    const title = content[0]?.replace(/^# /, '') ?? file;
    return { name: file, title, daysAgo: 20 + at, isRunning: false, lines };
  });
}

export function readQuestions(): SetQuestion[] {
  return ['tuning', 'held-back'].flatMap((half) => {
    const blocks = readFileSync(new URL(`${half}.txt`, SET), 'utf8').split(/^(?=\? )/m);
    return blocks.map((block) => readQuestion(block, half === 'held-back'));
  });
}

function readQuestion(block: string, isHeldBack: boolean): SetQuestion {
  const { language, text } = /^\? (?<language>\w\w): (?<text>.+)$/m.exec(block)?.groups ?? {};
  const sentence = /^! (.+)$/m.exec(block)?.[1];
  if (language === undefined || text === undefined || sentence === undefined)
    throw new Error(`Cannot read a question: ${block}`);
  const restsOn = /^= (.+)$/m.exec(block)?.[1]?.split(' ') ?? [];
  return { text, language, restsOn, sentence, isHeldBack };
}

function readMeeting(name: string, content: string): SetMeeting {
  const [title = '', when = '', ...rest] = content.trimEnd().split('\n');
  const lines: (SetLine & { translations: { language: string; text: string }[] })[] = [];
  for (const line of rest) {
    const translation = /^ {2}(?<language>\w\w): (?<text>.+)$/.exec(line)?.groups;
    const said = /^(?:\[(?<label>[\w-]+)\] )?(?<name>[^(]+) \((?<language>\w\w)\): (?<text>.+)$/.exec(line)?.groups;
    const { language = '', text = '' } = translation ?? said ?? {};
    if (translation) lines.at(-1)?.translations.push({ language, text });
    else if (said) {
      const { label, name = '' } = said;
      lines.push({ ...(label !== undefined && { label }), name, language, text, translations: [] });
    } else throw new Error(`Cannot read a line of ${name}: ${line}`);
  }
  const isRunning = when === 'running';
  return {
    name,
    title: title.replace(/^# /, ''),
    daysAgo: isRunning ? 0 : Number(when.split(': ')[1]),
    isRunning,
    lines,
  };
}
