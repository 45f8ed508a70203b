import type { ModelRequest } from '../../../simulators/summary/index.ts';
import type { SetMeeting, SetQuestion } from './question-set.ts';

type Script = (request: ModelRequest) => { readonly content: string };

const NO_SUCH_LINES = [0, -1, 1.5, 9_999];

/** A model that knows the set: it answers when a line that answers the question is before it, and says otherwise that none does. */
export function carefulModel(questions: readonly SetQuestion[], meetings: readonly SetMeeting[]): Script {
  return (request) => {
    const { question, lines } = read(request, questions, meetings);
    if (lines.length === 0) return { content: JSON.stringify({ answered: false, sentences: [] }) };
    return { content: JSON.stringify({ answered: true, sentences: [{ text: question.sentence, lines }] }) };
  };
}

/**
 * A model that never says that it does not know. Where the record holds no answer it makes one up, which it cites from the first line that
 * it was given; with a right answer it cites lines that do not exist, and adds a sentence that rests on nothing and one that rests on a line about something else.
 */
export function carelessModel(questions: readonly SetQuestion[], meetings: readonly SetMeeting[]): Script {
  return (request) => {
    const { question, lines } = read(request, questions, meetings);
    const own =
      lines.length > 0
        ? { text: question.sentence, lines: [...NO_SUCH_LINES, ...lines] }
        : { text: question.restsOn.length > 0 ? WITHOUT_LINES : question.sentence, lines: [1] };
    const sentences = [own, { text: WITHOUT_LINES, lines: NO_SUCH_LINES }, { text: ELSEWHERE, lines: [] }];
    return { content: JSON.stringify({ answered: true, sentences }) };
  };
}

const WITHOUT_LINES = 'Xylophon quokka 1234567.';
const ELSEWHERE = 'Zyzzyva @everyone 7654321.';

/** All sentences that the careless model makes up. */
export function madeUpBy(questions: readonly SetQuestion[]): ReadonlySet<string> {
  const claims = questions.filter(({ restsOn }) => restsOn.length === 0).map(({ sentence }) => sentence);
  return new Set([...claims, WITHOUT_LINES, ELSEWHERE]);
}

/** The question of a request, and the numbers of the lines that answer it. */
function read(
  { material }: ModelRequest,
  questions: readonly SetQuestion[],
  meetings: readonly SetMeeting[],
): { readonly question: SetQuestion; readonly lines: readonly number[] } {
  const asked = /^Question: (.*)$/m.exec(material)?.[1];
  const question = questions.find(({ text }) => text === asked);
  if (!question) throw new Error(`The set has no such question: ${asked}`);
  const texts = meetings
    .flatMap(({ lines }) => lines)
    .filter(({ label }) => label !== undefined && question.restsOn.includes(label))
    .map(({ text }) => text);
  const numbered = [...material.matchAll(/^\[(\d+)\] .*?: (.*)$/gm)];
  return {
    question,
    lines: numbered.filter(([, , text = '']) => texts.includes(text)).map(([, number]) => Number(number)),
  };
}
