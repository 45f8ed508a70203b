import type { Dialect, Driver } from 'kysely';

/**
 * A dialect whose transactions fail with what went wrong first.
 *
 * After a full disk SQLite has rolled back already, and a connection that broke cannot: then the ROLLBACK fails as well, and Kysely
 * would throw that second error, which tells nobody what to do. What a broken connection left open ends with the connection.
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
    await rollback(connection).catch(() => {}); // the caller throws the error that led here
  };
  return driver;
}
