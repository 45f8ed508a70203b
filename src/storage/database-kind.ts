/** What the journal may be kept in. */
export type DatabaseKind = 'sqlite' | 'postgres';
