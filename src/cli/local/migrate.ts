import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Miniflare } from "miniflare";
import { PROJECT } from "./folders.ts";

/** A D1 database as the local platform hands it out. */
export type Database = Awaited<ReturnType<Miniflare["getD1Database"]>>;

const JOURNAL = `CREATE TABLE IF NOT EXISTS d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/**
 * Applies the migrations that the journal does not list, in order, each with its journal row in one batch.
 * The journal is wrangler's own, so that `wrangler d1 migrations` agrees. Gives the names applied.
 */
export async function migrate(
  database: Database,
  folder: string = join(PROJECT, "migrations"),
): Promise<string[]> {
  await database.batch([database.prepare(JOURNAL)]);
  const { results } = await database.prepare("SELECT name FROM d1_migrations").all<{ name: string }>();
  const done = new Set(results.map(({ name }) => name));
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const pending = names.filter((name) => !done.has(name));
  if (pending.length === 0) return [];
  const { unstable_splitSqlQuery } = await import("wrangler");
  for (const name of pending) {
    const sql = await readFile(join(folder, name), "utf8");
    const statements = unstable_splitSqlQuery(sql.replaceAll("--> statement-breakpoint", ""));
    await database.batch([
      ...statements.filter((statement) => statement.trim() !== "").map((text) => database.prepare(text)),
      database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name),
    ]);
  }
  return pending;
}
