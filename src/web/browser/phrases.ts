/** A phrase in each plural form of the page's language; `{number}` stands for the number. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** Puts values into a phrase. Each may be in another script: it is kept apart, so that it does not turn the sentence around. */
export function filled(phrase: string, values: Readonly<Record<string, string>>): string {
  return phrase.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : `\u2068${value}\u2069`;
  });
}

/** The phrase for so many. */
export function counted(forms: Forms, count: number, locale: string): string {
  const phrase = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other ?? '';
  return phrase.replaceAll('{number}', new Intl.NumberFormat(locale).format(count));
}
