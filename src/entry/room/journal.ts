import { DocumentEvent, type EventDraft } from "../../model/event.ts";
import type { RoomState } from "../../pipeline/claim.ts";
import type { Progress } from "../../ports.ts";

/** The room's own SQLite: its state, its events in order, the parts read so far, tickets. */
export class Journal {
  readonly #sql: SqlStorage;
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#sql = storage.sql;
  }

  /** A room that holds nothing has no tables: it costs nothing to keep. */
  isEmpty(): boolean {
    const found = this.#sql
      .exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'state'")
      .toArray();
    return found.length === 0;
  }

  /** Makes the tables; to be called before the first write. */
  prepare(): void {
    this.#sql.exec(
      "CREATE TABLE IF NOT EXISTS state (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL)",
    );
    this.#sql.exec("CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)");
    this.#sql.exec(
      "CREATE TABLE IF NOT EXISTS parts (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, key TEXT NOT NULL)",
    );
    this.#sql.exec(
      "CREATE TABLE IF NOT EXISTS tickets (digest TEXT PRIMARY KEY, expires_ms INTEGER NOT NULL)",
    );
  }

  /** Runs writes as one: all of them or none. */
  atomically<T>(work: () => T): T {
    return this.#storage.transactionSync(work);
  }

  state(): RoomState | null {
    if (this.isEmpty()) return null;
    const row = this.#sql.exec<{ body: string }>("SELECT body FROM state WHERE id = 1").toArray()[0];
    return row ? (JSON.parse(row.body) as RoomState) : null;
  }

  save(state: RoomState): void {
    this.#sql.exec(
      "INSERT INTO state (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
      JSON.stringify(state),
    );
  }

  lastSeq(): number {
    return this.#sql.exec<{ seq: number | null }>("SELECT MAX(seq) AS seq FROM events").one().seq ?? 0;
  }

  append(run: number, nowMs: number, drafts: readonly EventDraft[]): DocumentEvent[] {
    let seq = this.lastSeq();
    return drafts.map((draft) => {
      seq += 1;
      const event: DocumentEvent = {
        seq,
        run,
        at: new Date(nowMs).toISOString(),
        kind: draft.kind,
        data: draft.data,
      };
      this.#sql.exec("INSERT INTO events (seq, body) VALUES (?, ?)", seq, JSON.stringify(event));
      return event;
    });
  }

  /** Takes events back in that an earlier life of the room wrote to R2. */
  restore(events: readonly DocumentEvent[]): void {
    for (const event of events) {
      this.#sql.exec(
        "INSERT OR IGNORE INTO events (seq, body) VALUES (?, ?)",
        event.seq,
        JSON.stringify(event),
      );
    }
  }

  events(after: number): DocumentEvent[] {
    if (this.isEmpty()) return [];
    return this.#sql
      .exec<{ body: string }>("SELECT body FROM events WHERE seq > ? ORDER BY seq", after)
      .toArray()
      .map((row) => JSON.parse(row.body) as DocumentEvent);
  }

  progress(pageCount: number | null): Progress {
    const parts = this.#sql
      .exec<{ first: number; last: number; key: string }>("SELECT first, last, key FROM parts ORDER BY first")
      .toArray()
      .map((row) => ({ from: row.first, to: row.last, key: row.key }));
    return { pageCount, parts };
  }

  saveParts(parts: Progress["parts"]): void {
    for (const part of parts) {
      this.#sql.exec(
        "INSERT OR REPLACE INTO parts (first, last, key) VALUES (?, ?, ?)",
        part.from,
        part.to,
        part.key,
      );
    }
  }

  clearParts(): void {
    this.#sql.exec("DELETE FROM parts");
  }

  addTicket(digest: string, nowMs: number, expiresMs: number): void {
    this.#sql.exec("DELETE FROM tickets WHERE expires_ms <= ?", nowMs);
    this.#sql.exec("INSERT INTO tickets (digest, expires_ms) VALUES (?, ?)", digest, expiresMs);
  }

  takeTicket(digest: string, nowMs: number): boolean {
    if (this.isEmpty()) return false;
    const taken = this.#sql.exec(
      "DELETE FROM tickets WHERE digest = ? AND expires_ms > ? RETURNING digest",
      digest,
      nowMs,
    );
    return taken.toArray().length === 1;
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    await this.#storage.deleteAlarm();
    await this.#storage.deleteAll();
  }
}

/** Events as one line each, for R2. */
export function toJsonLines(events: readonly DocumentEvent[]): string {
  return events.map((event) => JSON.stringify(event) + "\n").join("");
}

/** The lines of toJsonLines; a broken line is left out. */
export function fromJsonLines(text: string): DocumentEvent[] {
  const events: DocumentEvent[] = [];
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const parsed = DocumentEvent.safeParse(parseJson(line));
    if (parsed.success) events.push(parsed.data);
  }
  return events;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
