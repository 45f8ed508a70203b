/** A sentence of the demo, with its translations. */
export interface Line {
  readonly who: 'Ana' | 'Ben' | 'Chloé';
  readonly atMs: number; // since the conversation began; lines may overlap
  readonly language: 'en' | 'fr';
  readonly text: string;
  readonly translations: Readonly<Record<string, string>>;
}

/** A line that its speaker puts right. */
export interface Correction {
  readonly who: Line['who'];
  readonly said: string; // a part of what its message shows
  readonly right: string; // the whole line
}

export const CORRECTION: Correction = {
  who: 'Ben',
  said: 'ship on Thursday',
  right: 'The last test is green, so we can ship 2.4 on Thursday.',
};

export const CHLOE_JOINS_MS = 11_000; // since the conversation began

/** About half a minute at sixteen characters a second. Ben interrupts Ana; Chloé comes late, speaks French, and asks what nobody answers. */
export const CONVERSATION: readonly Line[] = [
  {
    who: 'Ana',
    atMs: 0,
    language: 'en',
    text: 'Good morning, everyone. Shall we begin with the release?',
    translations: {
      es: 'Buenos días a todos. ¿Empezamos con el lanzamiento?',
      fr: 'Bonjour à tous. On commence par la version ?',
    },
  },
  {
    who: 'Ben',
    atMs: 2_600,
    language: 'en',
    text: 'Yes, please!',
    translations: { es: '¡Sí, por favor!', fr: 'Oui, avec plaisir !' },
  },
  {
    who: 'Ben',
    atMs: 6_200,
    language: 'en',
    text: 'The last test is green, so we can ship on Thursday.',
    translations: {
      es: 'La última prueba está en verde, así que podemos publicar el jueves.',
      fr: 'Le dernier test est vert, donc nous pouvons livrer jeudi.',
    },
  },
  {
    who: 'Ana',
    atMs: 8_400,
    language: 'en',
    text: 'Wait, what about the documentation?',
    translations: { es: 'Espera, ¿y la documentación?', fr: 'Attends, et la documentation ?' },
  },
  {
    who: 'Chloé',
    atMs: 12_800,
    language: 'fr',
    text: 'Bonjour, désolée pour le retard. La documentation est presque prête.',
    translations: {
      es: 'Hola, perdón por el retraso. La documentación está casi lista.',
      en: 'Hello, sorry I am late. The documentation is almost ready.',
    },
  },
  {
    who: 'Ana',
    atMs: 18_600,
    language: 'en',
    text: 'Great. Who writes the announcement?',
    translations: { es: 'Genial. ¿Quién escribe el anuncio?', fr: "Super. Qui écrit l'annonce ?" },
  },
  {
    who: 'Ben',
    atMs: 21_400,
    language: 'en',
    text: 'I will, until Wednesday evening.',
    translations: { es: 'Yo, hasta el miércoles por la noche.', fr: "Moi, d'ici mercredi soir." },
  },
  {
    who: 'Chloé',
    atMs: 22_400,
    language: 'fr',
    text: 'Je peux le relire.',
    translations: { es: 'Yo puedo revisarlo.', en: 'I can proofread it.' },
  },
  {
    who: 'Chloé',
    atMs: 24_600,
    language: 'fr',
    text: 'Et qui prévient les clients ?',
    translations: { es: '¿Y quién avisa a los clientes?', en: 'And who tells the customers?' },
  },
  {
    who: 'Ana',
    atMs: 27_800,
    language: 'en',
    text: 'Perfect. Thank you both, see you on Thursday!',
    translations: {
      es: 'Perfecto. Gracias a los dos, ¡nos vemos el jueves!',
      fr: 'Parfait. Merci à vous deux, à jeudi !',
    },
  },
];

/** The translation of a sentence, for the demo's recogniser. */
export function translate(text: string, to: string): string {
  return CONVERSATION.find((line) => line.text === text)?.translations[to] ?? text;
}

/** The language of a sentence, for the demo's recogniser. */
export function detect(text: string): string {
  return CONVERSATION.find((line) => line.text.startsWith(text.trim()))?.language ?? 'en';
}
