import { beforeAll, describe, expect, it } from "vitest";
import { apiKeyDigest, makeApiKey, parseApiKey } from "../../src/model/api-key.ts";
import { createKeys } from "../../src/platform/keys/keys.ts";
import { bindings, makeApi, OTHER, seedKey, TENANT } from "./api.ts";

const random = () => crypto.getRandomValues(new Uint8Array(24));

describe("an API key", () => {
  it("has its kind, 33 random characters and a checksum, all of base62", () => {
    const key = makeApiKey("live", random());
    expect(key).toMatch(/^dk_live_[0-9A-Za-z]{39}$/);
    expect(parseApiKey(key)).toEqual({ kind: "live", prefix: key.slice(0, 16) });
    expect(makeApiKey("dev", new Uint8Array(24))).toMatch(/^dk_dev_0{33}[0-9A-Za-z]{6}$/);
    expect(parseApiKey(makeApiKey("dev", new Uint8Array(24).fill(255)))?.kind).toBe("dev");
    expect(() => makeApiKey("live", new Uint8Array(23))).toThrow(RangeError);
  });

  it("with any one character changed is none", () => {
    const key = makeApiKey("live", random());
    for (let at = 8; at < key.length; at += 1) {
      const wrong = key.slice(0, at) + (key[at] === "a" ? "b" : "a") + key.slice(at + 1);
      expect(parseApiKey(wrong)).toBeNull();
    }
    for (const wrong of [
      "",
      key.slice(1),
      `${key}0`,
      key.replace("live", "dev"),
      ` ${key}`,
      key.slice(0, -1),
    ]) {
      expect(parseApiKey(wrong)).toBeNull();
    }
  });

  it("is digested as SHA-256", async () => {
    expect(await apiKeyDigest("abc")).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });
});

describe("looking keys up", () => {
  let calls = 0;
  let nowMs = Date.now();
  const counting = new Proxy(bindings.DB, {
    get: (database, name) => {
      if (name === "prepare") calls += 1;
      const value: unknown = Reflect.get(database, name, database);
      return typeof value === "function"
        ? (...values: unknown[]) => Reflect.apply(value, database, values)
        : value;
    },
  });
  const open = (allowDevelopment = true) => createKeys(counting, { clock: () => nowMs, allowDevelopment });
  let key: string;

  beforeAll(async () => {
    key = await seedKey(TENANT);
  });

  async function asking(work: () => Promise<unknown>): Promise<number> {
    const before = calls;
    await work();
    return calls - before;
  }

  it("finds the tenant and scopes, once in ten seconds", async () => {
    const keys = open();
    expect(await asking(() => keys.authenticate(key))).toBe(1);
    expect(await keys.authenticate(key)).toEqual({
      tenant: TENANT,
      keyId: expect.stringMatching(/^key_[0-9a-f]{16}$/),
      scopes: ["documents:read", "documents:write"],
    });
    nowMs += 9_000;
    expect(await asking(() => keys.authenticate(key))).toBe(0);
    nowMs += 1_001;
    expect(await asking(() => keys.authenticate(key))).toBe(1);
  });

  it("a revoked key ends within ten seconds", async () => {
    const revoked = await seedKey(OTHER);
    const keys = open();
    expect(await keys.authenticate(revoked)).toMatchObject({ tenant: OTHER });
    await bindings.DB.prepare("UPDATE api_keys SET revoked_ms = 1 WHERE sha256 = ?")
      .bind(await apiKeyDigest(revoked))
      .run();
    nowMs += 10_001;
    expect(await keys.authenticate(revoked)).toBeNull();
  });

  it("an expiring key ends on time, warm or not", async () => {
    const expiring = await seedKey(TENANT, { expiresMs: nowMs + 3_000 });
    const keys = open();
    expect(await keys.authenticate(expiring)).not.toBeNull();
    nowMs += 3_000;
    expect(await keys.authenticate(expiring)).toBeNull();
    expect(await open().authenticate(expiring)).toBeNull();
  });

  it("what cannot be a key asks no database; what is unknown asks once in five seconds", async () => {
    const keys = open();
    expect(await asking(() => keys.authenticate("dk_live_nonsense"))).toBe(0);
    const unknown = makeApiKey("live", random());
    expect(await asking(() => keys.authenticate(unknown))).toBe(1);
    expect(await asking(() => keys.authenticate(unknown))).toBe(0);
    nowMs += 5_001;
    expect(await asking(() => keys.authenticate(unknown))).toBe(1);
    expect(await keys.authenticate(unknown)).toBeNull();
  });

  it("a key with the same prefix and another secret is not let in", async () => {
    const { prefix } = parseApiKey(key) ?? {};
    await bindings.DB.prepare(
      "INSERT INTO api_keys SELECT ?, 'ff', 'key_x', tenant_id, name, environment, scopes, 0, NULL, NULL FROM api_keys LIMIT 1",
    )
      .bind(prefix)
      .run();
    expect(await open().authenticate(key)).toMatchObject({ tenant: TENANT });
    const unknown = makeApiKey("live", random());
    await bindings.DB.prepare(
      "INSERT INTO api_keys SELECT ?, 'ff', 'key_y', tenant_id, name, environment, scopes, 0, NULL, NULL FROM api_keys LIMIT 1",
    )
      .bind(parseApiKey(unknown)?.prefix)
      .run();
    expect(await open().authenticate(unknown)).toBeNull();
  });

  it("a development key works nowhere but in development", async () => {
    const development = await seedKey(TENANT, { kind: "dev" });
    expect(await open(true).authenticate(development)).toMatchObject({ tenant: TENANT });
    expect(await asking(() => open(false).authenticate(development))).toBe(0);
    expect(await open(false).authenticate(development)).toBeNull();
    const production = makeApi({ settings: { environment: "production" } });
    expect((await production.fetch("/v1/documents", { key: development })).status).toBe(401);
    expect((await production.fetch("/v1/documents", { key })).status).toBe(200);
  });

  it("the database holds no key, and its statements can run twice", async () => {
    const { results } = await bindings.DB.prepare("SELECT * FROM api_keys").all();
    expect(JSON.stringify(results)).not.toContain(key.slice(16));
    const { results: found } = await bindings.DB.prepare("SELECT name FROM tenants WHERE tenant_id = ?")
      .bind(TENANT)
      .all();
    expect(found).toEqual([{ name: "O'Neill & Söhne" }]);
  });
});
