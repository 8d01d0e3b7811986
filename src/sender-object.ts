import type { TenantId } from "./model/ids.ts";
import type { WebhookId } from "./model/webhook.ts";
import type { Notice } from "./ports.ts";

/** Whose queue a call is about. */
export interface SenderAddress {
  tenant: TenantId;
  webhook: WebhookId;
}

/** The remote face of an endpoint's Durable Object. */
export interface SenderObject extends Rpc.DurableObjectBranded {
  offer(address: SenderAddress, notices: readonly Notice[], again: boolean): Promise<void>;
  erase(): Promise<void>;
}
