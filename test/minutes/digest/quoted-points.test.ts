import { describe, expect, it } from 'vitest';
import { CONVERSATION } from '../../../scripts/demo/conversation.ts';
import type { Act } from '../../../src/minutes/digest/acts.ts';
import { type QuotedPoints, quotedPoints } from '../../../src/minutes/digest/quoted-points.ts';
import { sentencesOf } from '../../../src/minutes/digest/sentences.ts';

type Said = readonly (readonly [speakerId: string, text: string, language?: string])[];

function pointsOf(said: Said): QuotedPoints | undefined {
  return quotedPoints(said.map(([speakerId, text, language = 'en']) => ({ speakerId, text, language })));
}

/** The words of each list. */
function quoted(said: Said): Readonly<Record<keyof QuotedPoints, string[]>> | undefined {
  const points = pointsOf(said);
  const words = ({ utterance, from, to }: Act) =>
    sentencesOf(said[utterance]?.[1] ?? '')
      .slice(from, to)
      .map(({ text }) => text)
      .join(' ');
  return (
    points && {
      keyPoints: points.keyPoints.map(words),
      decisions: points.decisions.map(words),
      promises: points.promises.map(words),
      openQuestions: points.openQuestions.map(words),
      answeredQuestions: points.answeredQuestions.map(words),
    }
  );
}

const TALK: Said = [
  ['ana', 'Good morning, everyone. Shall we begin with the release of the parser?'],
  ['ben', 'Hello. The release of the new parser is late because the parser tests fail on Windows.'],
  ['ana', 'My cat slept on the keyboard for the whole morning again.'],
  ['ben', 'If the parser tests fail on Windows we cannot cut the release this week.'],
  ['ana', 'Somebody brought cake to the kitchen on the second floor.'],
  ['ben', 'So the release waits until the Windows tests of the parser are fixed.'],
  ['ana', 'Who can fix the parser tests on Windows?'],
  ['ben', 'I will, by Thursday.'],
  ['ana', 'Then what about the documentation?'],
  ['ben', 'No idea.'],
  ['ana', "Okay, let's go with the old documentation of the parser."],
  ['ben', 'Thanks, see you on Thursday.'],
];

describe('what is quoted of a meeting', () => {
  it('is each thing in one list, without the greetings around it', () => {
    expect(quoted(TALK)).toEqual({
      keyPoints: [
        'The release of the new parser is late because the parser tests fail on Windows.',
        'If the parser tests fail on Windows we cannot cut the release this week.',
        'So the release waits until the Windows tests of the parser are fixed.',
      ],
      decisions: ["Okay, let's go with the old documentation of the parser."],
      promises: ['I will, by Thursday.'],
      openQuestions: ['Then what about the documentation?'],
      answeredQuestions: ['Who can fix the parser tests on Windows?'],
    });
  });

  it('is nothing when little was said, because the transcript is shorter to read', () => {
    expect(pointsOf(TALK.slice(6, 11))).toBeUndefined();
    expect(pointsOf([])).toBeUndefined();
  });

  it('is only what is central in a language without a vocabulary, whole and with its greetings', () => {
    const points = quoted(TALK.map(([speakerId, text]) => [speakerId, text, 'nl']));
    expect(points?.keyPoints[0]).toBe('Good morning, everyone. Shall we begin with the release of the parser?');
    expect([points?.decisions, points?.promises, points?.openQuestions, points?.answeredQuestions]).toEqual(
      Array.from({ length: 4 }, () => []),
    );
  });

  it('is no key point when it is quoted as an answer', () => {
    const answer = 'The parser tests on Windows are what the release waits for.';
    const points = quoted([...TALK.slice(0, 6), ['ana', 'What is it waiting for?'], ['ben', answer], ...TALK.slice(6)]);
    expect(points?.answeredQuestions).toContain('What is it waiting for?');
    expect(points?.keyPoints).toHaveLength(3);
    expect(points?.keyPoints).not.toContain(answer);
  });

  it('of the demo is its task, the question that stayed open and those that were answered, and no greeting', () => {
    expect(quoted(CONVERSATION.map(({ who, text, language }) => [who, text, language]))).toEqual({
      keyPoints: ['The last test is green, so we can ship on Thursday.'],
      decisions: [],
      promises: ['I will, until Wednesday evening.', 'Je peux le relire.'],
      openQuestions: ['Et qui prévient les clients ?'],
      answeredQuestions: ['Wait, what about the documentation?', 'Who writes the announcement?'],
    });
  });

  it('holds a question that was asked again once, as answered if it was', () => {
    const again: Said = [...TALK.slice(0, 8), ['ana', 'What about the documentation?'], ['ben', 'No idea.']];
    const later: Said = [...again, ['cem', 'What about the documentation?'], ['ben', 'It is written.']];
    expect(quoted([...again, ['ana', 'What about the documentation?']])?.openQuestions).toEqual([
      'What about the documentation?',
    ]);
    expect(quoted(later)).toMatchObject({
      openQuestions: [],
      answeredQuestions: ['Who can fix the parser tests on Windows?', 'What about the documentation?'],
    });
  });

  it('is at most twenty decisions and promises, and ten questions of each kind: the most central, in spoken order', () => {
    const many: Said = Array.from({ length: 30 }, (_, n): Said => {
      const subject = n % 3 === 0 ? 'the shared release of the parser tests' : `thing${n} of place${n}`;
      return [
        ['ana', `Who writes ${subject} ${n}?`],
        ['ben', `I will write ${subject} ${n} by Friday.`],
        ['ana', `What about ${subject} at ${n}?`],
        ['ben', 'No idea.'],
        ['ana', `Let's go with ${subject} as ${n}.`],
      ];
    }).flat();
    const points = pointsOf(many);
    expect(points?.decisions).toHaveLength(20);
    expect(points?.promises).toHaveLength(20);
    expect(points?.openQuestions).toHaveLength(10);
    expect(points?.answeredQuestions).toHaveLength(10);
    for (const list of [points?.promises ?? [], points?.decisions ?? []]) {
      const places = list.map(({ utterance }) => utterance);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places.filter((place) => Math.floor(place / 5) % 3 === 0)).toHaveLength(10); // all that share their subject
    }
  });
});
