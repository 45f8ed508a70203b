import type { Dialect, Driver } from 'kysely';

/**
 * A dialect whose transactions fail with their first error.
 *
 * After a full disk SQLite has already rolled back, and a broken connection cannot: then the ROLLBACK fails as well, and
 * Kysely would throw that second error, which helps nobody. A broken connection's transaction ends with the connection.
 */
export function withFirstError<D extends Dialect>(dialect: D): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => quietRollback(dialect.createDriver()),
  };
}

function quietRollback(driver: Driver): Driver {
  const rollback = driver.rollbackTransaction.bind(driver);
  driver.rollbackTransaction = async (connection) => {
    await rollback(connection).catch(() => {}); // the caller throws the first error
  };
  return driver;
}
