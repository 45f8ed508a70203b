/** The phrases of a search, on whichever page: the server sends them in the reader's language. */
export const SEARCH_WORDS = [
  ...(['search', 'searchFor', 'place', 'nothingFound', 'next', 'previous', 'onlyFound', 'close'] as const),
] as const;

export type SearchWords = Readonly<Record<(typeof SEARCH_WORDS)[number], string>>;
