import { describe, expect, it } from 'vitest';
import { Ear, earFor, timeIn } from '../../../src/minutes/digest/ear.ts';
import { VOCABULARIES } from '../../../src/minutes/digest/languages/index.ts';
import { sentencesOf } from '../../../src/minutes/digest/sentences.ts';
import { speechActs } from '../../../src/minutes/digest/speech-acts.ts';

/** What an utterance is heard to do. */
function heardIn(text: string, language: string): string {
  const { questions, promises, decisions } = speechActs([{ speakerId: 'ana', text, language }]);
  const kinds = [
    questions.length > 0 && 'question',
    promises.length > 0 && 'promise',
    decisions.length > 0 && 'decision',
  ];
  return kinds.filter((kind) => kind !== false).join(' ') || 'nothing';
}

describe('an utterance', () => {
  it.each([
    ['en', 'Who writes the announcement?', 'question'],
    ['en', 'I was wondering whether the hall is free.', 'question'],
    ['en', 'Who knows?', 'nothing'],
    ['en', 'Can you hear me?', 'nothing'],
    ['en', 'Shall we start?', 'nothing'],
    ['en', 'He asked whether we come.', 'nothing'],
    ['en', 'I will send you the list tomorrow.', 'promise'],
    ['en', 'I would send the list.', 'nothing'],
    ['en', "I'll be on holiday until Monday.", 'nothing'],
    ['en', "I won't do that.", 'nothing'],
    ['en', 'We decided that last year.', 'nothing'],
    ['en', "Okay, then it's settled.", 'decision'],
    ['en', 'We should decide that soon.', 'nothing'],
    ['de', 'Wer schreibt das Protokoll?', 'question'],
    ['de', 'Hört ihr mich?', 'nothing'],
    ['de', 'Ich schicke euch die Liste bis Freitag.', 'promise'],
    ['de', 'Ich würde euch die Liste schicken.', 'nothing'],
    ['de', 'Das ist damit beschlossen.', 'decision'],
    ['de', 'Das haben wir letztes Jahr beschlossen.', 'nothing'],
    ['es', '¿Quién escribe el acta?', 'question'],
    ['es', '¿Se me oye?', 'nothing'],
    ['es', 'Te mando la lista mañana.', 'promise'],
    ['es', 'Yo te mandaría la lista.', 'nothing'],
    ['es', 'El lunes pinto la puerta.', 'promise'],
    ['es', 'Se lo vendo mañana.', 'promise'],
    ['es', 'Y se lo enseñamos en primavera.', 'nothing'],
    ['es', 'Te lo contaron el lunes.', 'nothing'],
    ['es', 'El lunes no hay nadie.', 'nothing'],
    ['es', 'Mañana como con mi madre.', 'nothing'],
    ['es', 'Lo nuevo llega el lunes.', 'nothing'],
    ['es', 'La foto llega el lunes.', 'nothing'],
    ['es', 'Entonces queda decidido.', 'decision'],
    ['es', 'El año pasado decidimos otra cosa.', 'nothing'],
    ['fr', "Qui écrit l'annonce ?", 'question'],
    ['fr', "Vous m'entendez ?", 'nothing'],
    ['fr', 'Je vous envoie la liste demain.', 'promise'],
    ['fr', 'Je vous enverrais la liste.', 'nothing'],
    ['fr', "D'accord, c'est décidé.", 'decision'],
    ['fr', "L'an dernier, on a décidé autre chose.", 'nothing'],
    ['pt', 'Quem escreve a ata?', 'question'],
    ['pt', 'Vocês estão me ouvindo?', 'nothing'],
    ['pt', 'Eu te mando a lista amanhã.', 'promise'],
    ['pt', 'Eu mandaria a lista.', 'nothing'],
    ['pt', 'Eu pinto a porta na segunda.', 'promise'],
    ['pt', 'Eu não estava lá na segunda.', 'nothing'],
    ['pt', 'Então ficou decidido.', 'decision'],
    ['pt', 'No ano passado ficou decidido assim.', 'nothing'],
    ['ja', '誰が議事録を書きますか？', 'question'],
    ['ja', '聞こえますか？', 'nothing'],
    ['ja', '私が明日までに送ります。', 'promise'],
    ['ja', '時間があれば送りますけど。', 'nothing'],
    ['ja', 'では、この案に決定します。', 'decision'],
    ['ja', '去年、この案に決定しました。', 'nothing'],
    ['nl', 'Wie schrijft dat?', 'nothing'],
    ['pt-BR', 'Quem escreve a ata?', 'question'],
  ])('in %s: “%s” holds: %s', (language, text, expected) => {
    expect(heardIn(text, language)).toBe(expected);
  });

  it('holds one question, promise or decision of several sentences', () => {
    const { questions, promises } = speechActs([
      { speakerId: 'ana', language: 'en', text: 'Right. Who writes it? And when? Fine.' },
      { speakerId: 'ben', language: 'en', text: "Sure. I'll write it. On paper. I'll send it by Friday. Okay?" },
    ]);
    expect(questions).toMatchObject([{ utterance: 0, from: 1, to: 3 }]);
    expect(promises).toMatchObject([{ utterance: 1, from: 1, to: 4, due: 'by Friday' }]);
  });

  it('of minutes without a full stop is heard as far as its beginning', () => {
    expect(heardIn(`${'word '.repeat(20)} I will send you the list`, 'en')).toBe('promise');
    expect(heardIn(`${'word '.repeat(400)} I will send you the list`, 'en')).toBe('nothing');
  });
});

describe('a promise', () => {
  const dueOf = (text: string) =>
    speechActs([{ speakerId: 'ben', language: 'en', text }]).promises.map(({ due }) => due);

  it('is due when its own sentence says, or else one beside it that is no question', () => {
    expect(dueOf("I'll send the list by Friday. We meet on Monday.")).toEqual(['by Friday']);
    expect(dueOf("By Friday. I'll send the list.")).toEqual(['By Friday']);
    expect(dueOf("Do we meet on Monday? I'll send the list.")).toEqual([undefined]);
    expect(dueOf("I'll send the list. It'll be there by Friday.")).toEqual(['by Friday']);
  });

  it.each([
    ['en', "I'll send the list. We showed it in spring."],
    ['es', 'Te mando la lista. Lo enseñamos en primavera.'],
    ['es', 'Yo compro cinco sillas.'],
    ['pt', 'Eu te mando a lista. Mostramos isso na segunda.'],
    ['de', 'Ich schicke euch die Liste. Gezeigt haben wir das im Frühling.'],
    ['fr', 'Je vous envoie la liste. On en a parlé lundi.'],
    ['ja', '私がリストを送ります。先週の会議で見せました。'],
  ])('in %s is not due when something else was: %s', (language, text) => {
    expect(speechActs([{ speakerId: 'ben', language, text }]).promises).toEqual([{ utterance: 0, from: 0, to: 1 }]);
  });

  const answer = (question: string, ...others: string[]) =>
    speechActs(
      [question, ...others].map((text, index) => ({ speakerId: index === 0 ? 'ana' : 'ben', language: 'en', text })),
    ).promises.map(({ utterance }) => utterance);

  it('is a short “me” to the question who does something', () => {
    expect(answer('Who writes the list?', 'Me.')).toEqual([1]);
    expect(answer('Who writes the list?', 'Hm.', 'Me.')).toEqual([2]);
    expect(answer('Who writes the list?', 'Hm.', 'Hm.', 'Me.')).toEqual([]);
    expect(answer('What is on the list?', 'Me.')).toEqual([]);
    expect(answer('Who writes the list?', 'Well. Me.')).toEqual([]);
    expect(answer('Who writes the list?', `Me${' and many more words'.repeat(5)}.`)).toEqual([]);
    expect(answer('Who writes the list?', 'Me?')).toEqual([]);
  });

  it('is none when the asker says so', () => {
    const said = ['Who writes the list?', 'Me.'].map((text) => ({ speakerId: 'ana', language: 'en', text }));
    expect(speechActs(said).promises).toEqual([]);
  });
});

describe('a question', () => {
  const questionsOf = (...said: [string, string][]) =>
    speechActs(said.map(([speakerId, text]) => ({ speakerId, text, language: 'en' }))).questions;
  const answeredIn = (...said: [string, string][]) =>
    questionsOf(['ana', 'When is the garden party?'], ...said)[0]?.answeredIn;

  it('is none when it says again what was just said', () => {
    expect(questionsOf(['ana', 'We meet on the second Thursday.'], ['ben', 'The second Thursday?'])).toEqual([]);
    expect(questionsOf(['ana', 'We meet on the second Thursday.'], ['ben', 'The third Thursday?'])).toHaveLength(1);
    expect(questionsOf(['ana', 'We meet on Thursday.'], ['ben', 'Which Thursday?'])).toHaveLength(1);
  });

  it('is none when its speaker answers it at once', () => {
    expect(questionsOf(['ana', 'Why do we do this? Because we must.'])).toEqual([]);
  });

  it('is answered by the first of the others who says something', () => {
    expect(answeredIn(['ben', 'In May.'])).toBe(1);
    expect(answeredIn(['ana', 'I forgot.'], ['ben', 'Um.'], ['cem', 'In May.'])).toBe(3);
    expect(answeredIn(['ben', 'Good morning.'], ['cem', 'In May.'])).toBe(2);
    expect(answeredIn(['ben', 'The garden party?'], ['cem', 'In May.'])).toBe(2);
    expect(answeredIn()).toBeUndefined();
    expect(answeredIn(['ana', 'In May.'])).toBeUndefined();
  });

  it('is not answered by “okay”, unless it only asks whether', () => {
    expect(answeredIn(['ben', 'Okay.'])).toBeUndefined();
    expect(questionsOf(['ana', 'Do we meet in May?'], ['ben', 'Yes.'])[0]?.answeredIn).toBe(1);
  });

  it('stays open when somebody leaves it open, or when its asker goes on to the next', () => {
    expect(answeredIn(['ben', 'No idea.'], ['cem', 'The weather is fine.'])).toBeUndefined();
    expect(answeredIn(['ana', 'And who brings cake?'], ['ben', 'Me.'])).toBeUndefined();
    expect(
      answeredIn(['ben', 'Um.'], ['ben', 'Um.'], ['ben', 'Um.'], ['ben', 'Um.'], ['ben', 'In May.']),
    ).toBeUndefined();
  });

  it('is answered later by whoever comes back to its subject', () => {
    expect(answeredIn(['ben', 'No idea.'], ['cem', 'Fine.'], ['ben', 'Ah, the garden party is in May.'])).toBe(3);
    expect(answeredIn(['ben', 'No idea.'], ['cem', 'Is the garden party in May?'])).toBeUndefined();
    expect(answeredIn(['ben', 'No idea.'], ['ana', 'Ah, the garden party is in May.'])).toBeUndefined();
    expect(answeredIn(['ben', 'No idea.'], ['cem', 'The garden is wet.'])).toBeUndefined();
  });

  it('is not answered later by words that everybody says all the time', () => {
    const chat: [string, string][] = Array.from({ length: 4 }, (_, n) => ['cem', `The garden party number ${n}.`]);
    expect(answeredIn(['ben', 'No idea.'], ...chat)).toBeUndefined();
  });

  it('is answered by words in a language that nobody here understands', () => {
    const said = [
      { speakerId: 'ana', text: 'When is the party?', language: 'en' },
      { speakerId: 'ben', text: 'In mei.', language: 'nl' },
    ];
    expect(speechActs(said).questions[0]?.answeredIn).toBe(1);
  });

  it('in Japanese is answered later by the same subject', () => {
    const said: [string, string][] = [
      ['ana', '展示会の搬入時間はいつですか？'],
      ['ben', 'わかりません。'],
      ['ana', 'そうですか。'],
      ['ben', '展示会の搬入時間は一時です。'],
    ];
    const { questions } = speechActs(said.map(([speakerId, text]) => ({ speakerId, text, language: 'ja' })));
    expect(questions).toMatchObject([{ utterance: 0, answeredIn: 3 }]);
  });
});

describe('what is left of an utterance', () => {
  const matterOf = (text: string) => speechActs([{ speakerId: 'ana', language: 'en', text }]).matter[0];

  it('is all but greetings, thanks and words about the call', () => {
    expect(matterOf('Good morning. The test is green. Can you hear me?')).toMatchObject({
      text: 'The test is green.',
      ...{ from: 1, to: 2, isOnlyAsked: false },
    });
    expect(matterOf('Good morning, everyone. Shall we begin with the release?')?.text).toBe('');
    expect(matterOf('What about the release?')?.isOnlyAsked).toBe(true);
  });
});

describe('a time', () => {
  it.each([
    ['en', 'I do it by the end of the week, okay', 'by the end of the week'],
    ['en', 'I do it on Friday morning', 'on Friday morning'],
    ['de', 'ich mache das bis Ende Mai fertig', 'bis Ende Mai'],
    ['de', 'ich mache das wie jedes Jahr', undefined],
    ['es', 'lo hago antes del viernes', 'antes del viernes'],
    ['fr', "je le fais d'ici mercredi soir", "d'ici mercredi soir"],
    ['pt', 'eu faço até ao fim da semana', 'até ao fim da semana'],
    ['ja', '来週の火曜日までに出します', '来週の火曜日まで'],
    ['nl', 'voor vrijdag', undefined],
  ])('in %s is quoted of “%s”: %s', (language, text, expected) => {
    expect(timeIn(text, language)).toBe(expected);
  });
});

describe('the vocabularies', () => {
  it.each(Object.entries(VOCABULARIES))('of %s can be read', (_, vocabulary) => {
    expect(() => new Ear(vocabulary)).not.toThrow();
  });

  it('find nothing in what only begins a sentence', () => {
    for (const [language, vocabulary] of Object.entries(VOCABULARIES)) {
      const ear = earFor(language);
      for (const opener of vocabulary.openers.flatMap((phrase) => phrase.split('/'))) {
        const [sentence] = sentencesOf(opener.replaceAll(/[_()]/g, ' '));
        const { isPromise, isDecision, isQuestion } = (sentence && ear?.hear(sentence, undefined)) ?? {};
        expect([opener, isPromise, isDecision, isQuestion]).toEqual([opener, false, false, false]);
      }
    }
  });
});
