import { openSecretFiles } from '../../src/secret-files.ts';

/** `DATABASE_URL`, or what is in the file that `DATABASE_URL_FILE` names; without either, the default. */
export function databaseUrlOf(
  environment: Readonly<Record<string, string | undefined>>,
): { readonly url: string } | { readonly problem: string } {
  const problems: string[] = [];
  const { given } = openSecretFiles(environment, ['DATABASE_URL'], problems);
  if (problems[0] !== undefined) return { problem: problems[0] };
  return { url: given.DATABASE_URL?.trim() || 'sqlite://data/parley.db' };
}
