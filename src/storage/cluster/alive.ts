import { type RawBuilder, sql } from 'kysely';

/** A condition: the member lives, by the database's clock. */
export function isAlive(memberId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`exists (select from members where members.id = ${memberId} and alive_until > clock_timestamp())`;
}
