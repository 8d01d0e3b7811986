import type { Query, SQL } from "drizzle-orm";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";

const dialect = new SQLiteSyncDialect();

/** A statement of drizzle's: built, or written as SQL. Its own batch takes only built ones. */
export type Statement = SQL | { toSQL: () => Query };

/** Runs statements as one transaction, D1's only kind; gives what each changed and read, in order. */
export async function runBatch(
  database: D1Database,
  statements: readonly Statement[],
): Promise<{ changes: number; rows: unknown[] }[]> {
  const prepared = statements.map((statement) => {
    const { sql, params } = "toSQL" in statement ? statement.toSQL() : dialect.sqlToQuery(statement);
    return database.prepare(sql).bind(...params);
  });
  const results = await database.batch(prepared);
  return results.map(({ meta, results: rows }) => ({ changes: meta.changes, rows }));
}
