/** A sentence of the meeting in the pictures, with its translations. */
interface Line {
  readonly who: string;
  readonly language: string;
  readonly text: string;
  readonly es: string;
  readonly fr: string;
}

/** They speak one after another. The pictures of the live page and of the overlay are taken while the last one is speaking. */
export const CONVERSATION: readonly Line[] = [
  {
    who: 'Ana',
    language: 'en',
    text: 'Good morning. The build is green, so shall we ship on Thursday?',
    es: 'Buenos días. La compilación está en verde. ¿Publicamos el jueves?',
    fr: 'Bonjour. La compilation est au vert : on publie jeudi ?',
  },
  {
    who: 'Ben',
    language: 'en',
    text: 'Yes. Only the changelog is missing, I will write it this afternoon.',
    es: 'Sí. Solo falta el registro de cambios, lo escribiré esta tarde.',
    fr: 'Oui. Il ne manque que le journal des changements, je l’écris cet après-midi.',
  },
  {
    who: 'Yuki',
    language: 'ja',
    text: 'アラビア語の名前も直りました。',
    es: 'Los nombres en árabe también están arreglados.',
    fr: 'Les noms en arabe sont réparés, eux aussi.',
  },
  {
    who: 'ليلى',
    language: 'ar',
    text: 'رائع، سأجربه على هاتفي اليوم.',
    es: 'Genial, hoy lo pruebo en mi teléfono.',
    fr: 'Super, je l’essaie aujourd’hui sur mon téléphone.',
  },
  {
    who: 'Ana',
    language: 'en',
    text: 'Then Thursday it is. Who tells the streamers about the overlay?',
    es: 'Pues el jueves. ¿Quién avisa a los streamers del overlay?',
    fr: 'Va pour jeudi. Qui prévient les streamers pour l’overlay ?',
  },
  {
    who: 'Ben',
    language: 'en',
    text: 'I can do that, they have been asking for it again and again for many weeks.',
    es: 'Puedo hacerlo yo, llevan semanas pidiéndolo una y otra vez.',
    fr: 'Je m’en charge, ils le demandent sans cesse depuis des semaines.',
  },
];

/** For the recogniser. @param text - a sentence, or its beginning */
export function detect(text: string): string {
  return CONVERSATION.find((line) => line.text.startsWith(text.trim()))?.language ?? 'en';
}

/** For the recogniser. */
export function translate(text: string, _from: string, to: string): string {
  const line = CONVERSATION.find((line) => line.text === text);
  return (to === 'es' ? line?.es : line?.fr) ?? text;
}
