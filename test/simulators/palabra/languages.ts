/** What the recogniser and the translator know; the recogniser also takes `auto`. */
export const LANGUAGES: readonly string[] = [
  'ar',
  'de',
  'en',
  'es',
  'fr',
  'hi',
  'it',
  'ja',
  'ko',
  'nl',
  'pt',
  'ru',
  'zh',
];
