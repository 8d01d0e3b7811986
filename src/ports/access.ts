import type { TenantId } from "../model/ids.ts";

/** Whom a key belongs to. */
export interface Principal {
  readonly tenant: TenantId;
  readonly keyId: string;
  readonly scopes: readonly string[];
}

/** API keys: looked up by their SHA-256, kept warm in the isolate for at most 10 s. */
export interface Keys {
  readonly authenticate: (presented: string) => Promise<Principal | null>;
}
