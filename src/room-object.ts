import type { TerminalStatus } from "./model/document.ts";
import type { DocumentEvent, EventDraft } from "./model/event.ts";
import type { DocumentId, TenantId } from "./model/ids.ts";
import type { Priority } from "./model/job.ts";
import type { ClaimAnswer, Progress } from "./ports.ts";

/** Which document a call is about: a room that has been cleared does not know by itself. */
export interface RoomAddress {
  tenant: TenantId;
  document: DocumentId;
}

/** The remote face of a document's Durable Object. */
export interface RoomObject extends Rpc.DurableObjectBranded {
  begin(
    address: RoomAddress,
    input: {
      run: number;
      priority: Priority;
      deadlineMs: number;
      data: Record<string, unknown>;
      password?: string;
    },
  ): Promise<void>;
  claim(input: { run: number; leaseMs: number }): Promise<ClaimAnswer>;
  record(input: {
    fence: number;
    leaseMs: number;
    events: EventDraft[];
    progress?: Progress;
  }): Promise<boolean>;
  release(input: { fence: number; events: EventDraft[]; failed?: boolean }): Promise<void>;
  end(input: { run: number; fence: number; status: TerminalStatus; events: EventDraft[] }): Promise<boolean>;
  supersede(input: { run: number }): Promise<number | null>;
  amend(address: RoomAddress, input: { run: number; events: EventDraft[] }): Promise<boolean>;
  events(address: RoomAddress, after: number): Promise<DocumentEvent[]>;
  issueTicket(): Promise<string>;
  redeemTicket(ticket: string): Promise<boolean>;
  awaitEnd(timeoutMs: number): Promise<boolean>;
  erase(): Promise<void>;
}

/** How a connecting request tells the room what it is for; set by the adapter alone. */
export const ROOM_HEADERS = {
  tenant: "x-docket-tenant",
  document: "x-docket-document",
  after: "x-docket-after",
} as const;
