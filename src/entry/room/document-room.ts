import { DurableObject } from "cloudflare:workers";
import { composeStorage, type StoragePorts } from "../../compose.ts";
import type { Config } from "../../config.ts";
import type { Env } from "../../env.ts";
import { isTerminal, TERMINAL_STATUSES, type TerminalStatus } from "../../model/document.ts";
import type { DocumentEvent, EventDraft } from "../../model/event.ts";
import { DocumentId, TenantId } from "../../model/ids.ts";
import { eventsKey } from "../../model/storage-keys.ts";
import { decideClaim, watch, type RoomState } from "../../pipeline/claim.ts";
import { eraseObjects } from "../../pipeline/erase.ts";
import { ROOM_HEADERS, type RoomAddress, type RoomObject } from "../../room-object.ts";
import type { ClaimAnswer, Progress } from "../../ports.ts";
import { Audience } from "./audience.ts";
import { fromJsonLines, Journal, toJsonLines } from "./journal.ts";

const TICKET_MS = 60_000;
/** How soon a look that failed, or met a change, is taken again. */
const ALARM_RETRY_MS = 30_000;

/**
 * The single authority over one document's state: lease, fence, numbered events, deadline alarm,
 * and those who watch. Its memory may be lost at any time; its SQLite is what counts.
 */
export class DocumentRoom extends DurableObject<Env> implements RoomObject {
  readonly #journal: Journal;
  readonly #audience: Audience;
  readonly #ports: StoragePorts;
  readonly #config: Config;
  /** What opens the document, by the run that it was given for. Written nowhere. */
  #password: { readonly run: number; readonly value: string } | null = null;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#journal = new Journal(context.storage);
    this.#audience = new Audience(context);
    const { ports, config } = composeStorage(env);
    this.#ports = ports;
    this.#config = config;
  }

  async begin(
    address: RoomAddress,
    input: {
      run: number;
      priority: RoomState["priority"];
      deadlineMs: number;
      data: Record<string, unknown>;
      password?: string;
    },
  ): Promise<void> {
    if (input.password !== undefined) this.#password = { run: input.run, value: input.password };
    const earlier = this.#journal.state() ? [] : await this.#archived(address);
    const known = this.#journal.state();
    const nowMs = this.#ports.clock();
    if (known && known.run >= input.run) {
      if (known.run === input.run && !known.ended) await this.#hear(known, nowMs);
      return;
    }
    const events = this.#journal.atomically(() => {
      this.#journal.prepare();
      this.#journal.restore(earlier);
      this.#journal.clearParts();
      this.#journal.save({
        ...address,
        run: input.run,
        priority: input.priority,
        fence: nextFence(known, earlier),
        leaseUntilMs: 0,
        attempts: 0,
        deadlineMs: input.deadlineMs,
        heardMs: nowMs,
        pageCount: null,
        locked: input.password !== undefined,
        ended: null,
      });
      return this.#journal.append(input.run, nowMs, [{ kind: "queued", data: input.data }]);
    });
    this.#audience.tell(events);
    await this.#wakeAt(Math.min(input.deadlineMs, nowMs + this.#config.WATCHDOG_MS));
  }

  async claim(input: { run: number; leaseMs: number }): Promise<ClaimAnswer> {
    const nowMs = this.#ports.clock();
    const decision = decideClaim(this.#journal.state(), input, nowMs);
    if (decision.verdict !== "granted") return decision;
    const { state } = decision;
    const events = this.#journal.atomically(() => {
      this.#journal.save(state);
      return this.#journal.append(state.run, nowMs, [
        { kind: "claimed", data: { attempt: state.attempts, fence: state.fence } },
      ]);
    });
    this.#audience.tell(events);
    return {
      verdict: "granted",
      fence: state.fence,
      attempt: state.attempts,
      progress: this.#journal.progress(state.pageCount),
      password: this.#passwordOf(state),
    };
  }

  async record(input: {
    fence: number;
    leaseMs: number;
    events: EventDraft[];
    progress?: Progress;
  }): Promise<boolean> {
    const state = this.#held(input.fence);
    if (!state) return false;
    const nowMs = this.#ports.clock();
    const events = this.#journal.atomically(() => {
      this.#journal.saveParts(input.progress?.parts ?? []);
      this.#journal.save({
        ...state,
        leaseUntilMs: nowMs + input.leaseMs,
        heardMs: nowMs,
        attempts: input.progress ? 1 : state.attempts,
        pageCount: input.progress?.pageCount ?? state.pageCount,
      });
      return this.#journal.append(state.run, nowMs, input.events);
    });
    this.#audience.tell(events);
    return true;
  }

  async release(input: { fence: number; events: EventDraft[]; failed?: boolean }): Promise<void> {
    const state = this.#held(input.fence);
    if (!state) return;
    const nowMs = this.#ports.clock();
    const events = this.#journal.atomically(() => {
      const attempts = input.failed ? Math.max(0, state.attempts - 1) : state.attempts;
      this.#journal.save({ ...state, attempts, leaseUntilMs: 0, heardMs: nowMs });
      return this.#journal.append(state.run, nowMs, input.events);
    });
    this.#audience.tell(events);
  }

  async end(input: {
    run: number;
    fence: number;
    status: TerminalStatus;
    events: EventDraft[];
  }): Promise<boolean> {
    const state = this.#held(input.fence);
    if (!state || state.run !== input.run) return false;
    await this.#finish(input.status, input.events);
    return true;
  }

  async supersede(input: { run: number }): Promise<number | null> {
    const state = this.#journal.state();
    if (!state || state.run !== input.run || state.ended) return null;
    const fence = state.fence + 1;
    this.#journal.save({ ...state, fence, leaseUntilMs: 0, heardMs: this.#ports.clock() });
    return fence;
  }

  async amend(address: RoomAddress, input: { run: number; events: EventDraft[] }): Promise<boolean> {
    const earlier = this.#journal.state() ? [] : await this.#archived(address);
    const state = this.#journal.state() ?? endedState(address, earlier, this.#ports.clock());
    if (!state?.ended || state.run !== input.run) return false;
    const nowMs = this.#ports.clock();
    const events = this.#journal.atomically(() => {
      this.#journal.prepare();
      this.#journal.restore(earlier);
      this.#journal.save({ ...state, heardMs: nowMs });
      return this.#journal.append(state.run, nowMs, input.events);
    });
    this.#audience.tell(events);
    await this.#wakeAt(nowMs + this.#config.ROOM_LINGER_MS);
    return true;
  }

  async events(address: RoomAddress, after: number): Promise<DocumentEvent[]> {
    if (this.#journal.state()) return this.#journal.events(after);
    return (await this.#archived(address)).filter((event) => event.seq > after);
  }

  async issueTicket(): Promise<string> {
    const ticket = base64Url(crypto.getRandomValues(new Uint8Array(24)));
    const nowMs = this.#ports.clock();
    const digest = await sha256(ticket);
    this.#journal.prepare();
    this.#journal.addTicket(digest, nowMs, nowMs + TICKET_MS);
    if ((await this.ctx.storage.getAlarm()) === null) await this.#wakeAt(nowMs + TICKET_MS);
    return ticket;
  }

  async redeemTicket(ticket: string): Promise<boolean> {
    return this.#journal.takeTicket(await sha256(ticket), this.#ports.clock());
  }

  async awaitEnd(timeoutMs: number): Promise<boolean> {
    const state = this.#journal.state();
    if (!state || state.ended) return true;
    return this.#audience.awaitEnd(timeoutMs);
  }

  async erase(): Promise<void> {
    this.#password = null;
    this.#audience.ended("deleted");
    await this.#journal.clear();
  }

  /** Serves those who watch: a WebSocket where the request asks for one, server-sent events otherwise. */
  override async fetch(request: Request): Promise<Response> {
    const address = {
      tenant: TenantId.parse(request.headers.get(ROOM_HEADERS.tenant)),
      document: DocumentId.parse(request.headers.get(ROOM_HEADERS.document)),
    };
    const after = Number(request.headers.get(ROOM_HEADERS.after) ?? "0");
    const archived = this.#journal.state() ? [] : await this.#archived(address);
    const state = this.#journal.state();
    const events = state ? this.#journal.events(after) : archived.filter((event) => event.seq > after);
    const over = !state || state.ended !== null;
    if (request.headers.get("upgrade")?.toLowerCase() === "websocket") {
      return this.#audience.admitSocket(events, over);
    }
    return this.#audience.admitStream(events, over);
  }

  override async webSocketMessage(): Promise<void> {
    // Clients have nothing to say; the automatic answer to "ping" is set by the audience.
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    this.#audience.answerClose(socket, code);
  }

  /** Never throws: an alarm that failed too often would not ring again, and the deadline with it. */
  override async alarm(): Promise<void> {
    try {
      await this.#look();
    } catch (error) {
      this.#ports.log.error("alarm_failed", { error: error instanceof Error ? error.name : "unknown" });
      await this.#wakeAt(this.#ports.clock() + ALARM_RETRY_MS);
    }
  }

  async #look(): Promise<void> {
    const state = this.#journal.state();
    if (!state) {
      if (!this.#journal.isEmpty()) await this.#journal.clear();
      return;
    }
    const nowMs = this.#ports.clock();
    const times = { watchdogMs: this.#config.WATCHDOG_MS, lingerMs: this.#config.ROOM_LINGER_MS };
    const found = watch(state, times, nowMs);
    switch (found.verdict) {
      case "wait":
        return this.#wakeAt(found.untilMs);
      case "finished":
        return this.#archive(state);
      case "overdue":
        return this.#overrun(state);
      case "silent":
        return this.#sendAgain(state);
    }
  }

  /** Begun again: whoever begins it is about to write its row, so that an alarm that is due has to wait. */
  async #hear(state: RoomState, nowMs: number): Promise<void> {
    this.#journal.save({ ...state, heardMs: nowMs });
    await this.#wakeAt(Math.min(state.deadlineMs, nowMs + this.#config.WATCHDOG_MS));
  }

  #passwordOf({ run, locked }: RoomState): Extract<ClaimAnswer, { verdict: "granted" }>["password"] {
    if (this.#password?.run === run) return { value: this.#password.value };
    return locked ? "lost" : null;
  }

  /** The state when `fence` is the newest and its run has not ended: who holds an older one has lost its claim. */
  #held(fence: number): RoomState | null {
    const state = this.#journal.state();
    return state && state.fence === fence && !state.ended ? state : null;
  }

  /** Closes the current run, unless it has been closed already. */
  async #finish(status: TerminalStatus, drafts: readonly EventDraft[]): Promise<void> {
    const state = this.#journal.state();
    if (!state || state.ended) return;
    this.#password = null;
    const nowMs = this.#ports.clock();
    const events = this.#journal.atomically(() => {
      this.#journal.save({ ...state, ended: status, leaseUntilMs: 0, heardMs: nowMs });
      this.#journal.clearParts();
      return this.#journal.append(state.run, nowMs, drafts);
    });
    this.#audience.tell(events);
    this.#audience.ended("ended");
    await this.#wakeAt(nowMs + this.#config.ROOM_LINGER_MS);
  }

  /** Whether nothing has happened to the room since `state` was read: other calls run while one awaits. */
  #isStill(state: RoomState): boolean {
    const now = this.#journal.state();
    return (
      now !== null &&
      now.run === state.run &&
      now.fence === state.fence &&
      now.ended === state.ended &&
      now.heardMs === state.heardMs
    );
  }

  /** The deadline has passed: the document fails, whatever a slow worker may still be doing. */
  async #overrun(before: RoomState): Promise<void> {
    const state = { ...before, fence: before.fence + 1 };
    this.#journal.save(state);
    const { tenant, document, run, fence } = state;
    const failure = {
      code: "deadline_exceeded" as const,
      message: "The document was not finished within its deadline. Send it for reprocessing, or split it.",
    };
    const settled = await this.#ports.documents.settle({
      tenant,
      document,
      run,
      fence,
      status: "failed",
      summary: null,
      failure,
      resultKey: null,
      engine: null,
      atMs: this.#ports.clock(),
    });
    if (settled) {
      this.#ports.log.warn("document_overdue", { tenant, document, run });
      return this.#finish("failed", [{ kind: "failed", data: { error: failure, fence } }]);
    }
    const record = await this.#ports.documents.find(tenant, document);
    if (!this.#isStill(state)) return this.#wakeAt(this.#ports.clock() + ALARM_RETRY_MS);
    if (!record) return this.#abandon(state);
    if (record.run === run && isTerminal(record.status)) {
      return this.#finish(record.status, [{ kind: record.status, data: { fence } }]);
    }
    return this.#wakeAt(this.#ports.clock() + ALARM_RETRY_MS);
  }

  /** Nothing has been heard for too long: the message was lost, or its worker died. */
  async #sendAgain(state: RoomState): Promise<void> {
    const { tenant, document, run, priority } = state;
    const record = await this.#ports.documents.find(tenant, document);
    if (!this.#isStill(state)) return this.#wakeAt(this.#ports.clock() + ALARM_RETRY_MS);
    if (!record) return this.#abandon(state);
    if (record.run === run && isTerminal(record.status)) {
      return this.#finish(record.status, [{ kind: record.status, data: {} }]);
    }
    await this.#ports.jobs.send({ v: 1, tenant, document, step: 0, epoch: run }, priority);
    this.#ports.log.warn("message_sent_again", { tenant, document, run });
    const nowMs = this.#ports.clock();
    const current = this.#journal.state();
    if (!current) return;
    if (!current.ended) this.#journal.save({ ...current, heardMs: nowMs });
    return this.#wakeAt(
      current.ended
        ? nowMs + this.#config.ROOM_LINGER_MS
        : Math.min(current.deadlineMs, nowMs + this.#config.WATCHDOG_MS),
    );
  }

  /** Accepting died before the document had a row: nobody was told of it, so nothing of it stays. */
  async #abandon(state: RoomState): Promise<void> {
    await eraseObjects(this.#ports, state.tenant, state.document);
    this.#ports.log.warn("upload_abandoned", { tenant: state.tenant, document: state.document });
    await this.erase();
  }

  /** Hands the events to R2 and clears the room, unless a new run or a deletion came in between. */
  async #archive(state: RoomState): Promise<void> {
    const { tenant, document } = state;
    const record = await this.#ports.documents.find(tenant, document);
    if (!this.#isStill(state)) return this.#wakeAt(this.#ports.clock() + ALARM_RETRY_MS);
    if (!record) return this.#abandon(state);
    await this.#ports.blobs.put(
      eventsKey(tenant, document),
      toJsonLines(this.#journal.events(0)),
      "application/x-ndjson",
    );
    if (this.#isStill(state)) {
      this.#audience.dismiss(1000, "ended");
      return this.#journal.clear();
    }
    if (!this.#journal.state()) return this.#ports.blobs.delete([eventsKey(tenant, document)]);
    return this.#wakeAt(this.#ports.clock() + ALARM_RETRY_MS);
  }

  async #archived(address: RoomAddress): Promise<DocumentEvent[]> {
    const text = await this.#ports.blobs.getText(eventsKey(address.tenant, address.document));
    return text === null ? [] : fromJsonLines(text);
  }

  async #wakeAt(timeMs: number): Promise<void> {
    await this.ctx.storage.setAlarm(timeMs);
  }
}

/**
 * The fence that a new run starts from. Fences only rise, also over the clearing of a room: whoever raises
 * one writes it into an event. A run starts above the one before it, so that its workers are shut out.
 */
function nextFence(known: RoomState | null, events: readonly DocumentEvent[]): number {
  if (known) return known.fence + 1;
  if (events.length === 0) return 0;
  const fences = events.map((event) => (typeof event.data["fence"] === "number" ? event.data["fence"] : 0));
  return Math.max(0, ...fences) + 1;
}

/** A room that was cleared after its run had ended, as its events tell of it; null where they do not. */
function endedState(address: RoomAddress, events: readonly DocumentEvent[], nowMs: number): RoomState | null {
  const last = events.findLast(({ kind }) => kind !== "corrected" && kind !== "checked");
  if (!last || !isEnd(last.kind)) return null;
  return {
    ...address,
    run: last.run,
    priority: "standard",
    fence: nextFence(null, events),
    leaseUntilMs: 0,
    attempts: 0,
    deadlineMs: nowMs,
    heardMs: nowMs,
    pageCount: null,
    locked: false,
    ended: last.kind,
  };
}

function isEnd(kind: DocumentEvent["kind"]): kind is DocumentEvent["kind"] & TerminalStatus {
  return (TERMINAL_STATUSES as readonly string[]).includes(kind);
}

async function sha256(text: string): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
