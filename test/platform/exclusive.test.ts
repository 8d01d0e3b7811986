import { expect, it } from "vitest";
import { createExclusive } from "../../src/platform/exclusive.ts";

/** A lock on a clock of its own: every wait moves it on and lets others run. */
function onFakeClock() {
  let nowMs = 0;
  const exclusively = createExclusive(
    () => nowMs,
    async (ms) => {
      nowMs += ms;
      await Promise.resolve();
    },
  );
  return { exclusively, pass: (ms: number) => (nowMs += ms) };
}

it("runs one at a time, in the order of asking", async () => {
  const { exclusively } = onFakeClock();
  const seen: string[] = [];
  const piece = (name: string) =>
    exclusively(async () => {
      seen.push(`${name} begins`);
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      seen.push(`${name} ends`);
      return name;
    });
  expect(await Promise.all([piece("a"), piece("b"), piece("c")])).toEqual(["a", "b", "c"]);
  expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});

it("goes on after work that failed", async () => {
  const { exclusively } = onFakeClock();
  await expect(exclusively(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await exclusively(async () => "next")).toBe("next");
});

it("is not held for ever by work whose request was cancelled", async () => {
  const { exclusively } = onFakeClock();
  void exclusively(() => new Promise(() => undefined));
  expect(await exclusively(async () => "next")).toBe("next");
});

it("passes over one who waited and has gone", async () => {
  let nowMs = 0;
  const gone = new Set<string>();
  let asking = "";
  const exclusively = createExclusive(
    () => nowMs,
    async (ms) => {
      if (gone.has(asking)) await new Promise(() => undefined);
      nowMs += ms;
      await Promise.resolve();
    },
  );
  let release = (): void => undefined;
  const first = exclusively(() => new Promise<void>((resolve) => (release = resolve)));
  asking = "cancelled";
  gone.add(asking);
  void exclusively(async () => "never");
  asking = "patient";
  const last = exclusively(async () => "served");
  release();
  await first;
  expect(await last).toBe("served");
});
