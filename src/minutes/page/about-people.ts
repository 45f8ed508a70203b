import { html } from 'hono/html';
import { filledIn, lossOf, staysOf, talkTimeOf } from '../model/facts.ts';
import { withMoments } from './moments.ts';
import type { Parts } from './parts.ts';

type Text = string | ReturnType<typeof withMoments>;

/** Facts with their names. */
export type Facts = readonly (readonly [name: string, text: Text | ReturnType<typeof html>])[];

export function factList(facts: Facts) {
  return html`<dl>${facts.map(([name, text]) => html`<div><dt dir="auto">${name}</dt><dd dir="auto">${text}</dd></div>`)}</dl>`;
}

/** Who was there and spoke, in which languages, and what could not be transcribed: each to be opened by the reader. */
export function aboutPeople({ model, words }: Parts) {
  const named = (codes: readonly string[]) => codes.map(words.language).join(', ');
  const into: Facts =
    model.translatedInto.length > 0 ? [[words.t('document.intoLabel'), named(model.translatedInto)]] : [];
  const losses = model.losses.map((loss) => {
    const whose = loss.name ?? words.t('document.everybody');
    return [whose, withMoments(model, (moment) => lossOf(loss, model, moment))] as const;
  });
  const stays = model.attendees.map(
    (one) => [one.name, withMoments(model, (moment) => staysOf(one, model, moment))] as const,
  );
  const sections: readonly (readonly [string, Facts])[] = [
    [words.t('document.attendance'), stays],
    [words.t('document.talkTime'), model.talkTimes.map((time) => [time.name, talkTimeOf(time, words)])],
    [
      words.t('document.languages'),
      [...model.spoken.map(({ name, languages }) => [name, named(languages)] as const), ...into],
    ],
    [
      words.t('document.notTranscribed'),
      [...losses, ...model.concealed.map(({ name, lengthMs }) => [name, filledIn(lengthMs, words)] as const)],
    ],
  ];
  return sections
    .filter(([, facts]) => facts.length > 0)
    .map(([heading, facts]) => html`<details><summary>${heading}</summary>${factList(facts)}</details>`);
}
