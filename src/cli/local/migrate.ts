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
  for (const name of pending) {
    const sql = await readFile(join(folder, name), "utf8");
    const statements = await splitStatements(sql);
    await database.batch([
      ...statements.map((text) => database.prepare(text)),
      database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name),
    ]);
  }
  return pending;
}

/** drizzle-kit marks where a statement ends; wrangler's splitter is slow to load and kept for SQL without marks. */
async function splitStatements(sql: string): Promise<string[]> {
  const marked = sql
    .split("--> statement-breakpoint")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (!marked.some((part) => /;\s*\S/u.test(part))) return marked;
  const { unstable_splitSqlQuery } = await import("wrangler");
  return marked.flatMap((part) => unstable_splitSqlQuery(part));
}
