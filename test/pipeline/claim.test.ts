import { describe, expect, it } from "vitest";
import { DocumentId, TenantId } from "../../src/model/ids.ts";
import { backoffMs } from "../../src/pipeline/backoff.ts";
import { decideClaim, type RoomState, watch } from "../../src/pipeline/claim.ts";

const state: RoomState = {
  tenant: TenantId.parse("ten_a"),
  document: DocumentId.parse(`doc_00_${"0".repeat(32)}`),
  run: 2,
  priority: "standard",
  fence: 4,
  leaseUntilMs: 0,
  attempts: 0,
  deadlineMs: 100_000,
  heardMs: 1_000,
  pageCount: null,
  locked: false,
  ended: null,
};

describe("a claim", () => {
  const ask = (over: Partial<RoomState>, run = 2, nowMs = 5_000) =>
    decideClaim({ ...state, ...over }, { run, leaseMs: 10_000 }, nowMs);

  it("is granted with a higher fence, a lease and an attempt more", () => {
    const answer = ask({});
    expect(answer).toMatchObject({
      verdict: "granted",
      state: { fence: 5, attempts: 1, leaseUntilMs: 15_000, heardMs: 5_000 },
    });
  });

  it("waits while another holds the lease, and says how long", () => {
    expect(ask({ leaseUntilMs: 8_000 })).toEqual({ verdict: "leased", retryAfterMs: 3_000 });
  });

  it("takes over at the very moment a lease runs out", () => {
    expect(ask({ leaseUntilMs: 5_000 }).verdict).toBe("granted");
  });

  it("of another run, or of a room that knows nothing, is stale", () => {
    expect(ask({}, 1).verdict).toBe("stale");
    expect(ask({}, 3).verdict).toBe("stale");
    expect(decideClaim(null, { run: 1, leaseMs: 1 }, 0).verdict).toBe("stale");
  });

  it("of a run that has ended, or is past its deadline, is refused", () => {
    expect(ask({ ended: "completed" }).verdict).toBe("ended");
    expect(ask({}, 2, 99_999).verdict).toBe("granted");
    expect(ask({}, 2, 100_000).verdict).toBe("ended");
  });
});

describe("the watch over a room", () => {
  const times = { watchdogMs: 2_000, lingerMs: 500 };
  const look = (over: Partial<RoomState>, nowMs: number) => watch({ ...state, ...over }, times, nowMs);

  it("waits while the document was heard of lately", () => {
    expect(look({}, 1_500)).toEqual({ verdict: "wait", untilMs: 3_000 });
  });

  it("finds a silent document once the watchdog's time and the lease have passed", () => {
    expect(look({}, 3_000).verdict).toBe("silent");
    expect(look({ leaseUntilMs: 9_000 }, 3_000)).toEqual({ verdict: "wait", untilMs: 9_000 });
  });

  it("never waits beyond the deadline", () => {
    expect(look({ leaseUntilMs: 900_000 }, 3_000)).toEqual({ verdict: "wait", untilMs: 100_000 });
    expect(look({ leaseUntilMs: 900_000 }, 100_000).verdict).toBe("overdue");
  });

  it("lets an ended room linger, then finish", () => {
    expect(look({ ended: "failed" }, 1_400)).toEqual({ verdict: "wait", untilMs: 1_500 });
    expect(look({ ended: "failed" }, 1_500).verdict).toBe("finished");
  });
});

it("backoff grows with the attempt, jitters over its whole range and stays under its cap", () => {
  expect(backoffMs(1, 0)).toBe(1_000);
  expect(backoffMs(1, 0.999)).toBe(1_998);
  expect(backoffMs(5, 0.5)).toBe(16_000);
  expect(backoffMs(60, 0.999_999)).toBeLessThanOrEqual(300_000);
  const spread = Array.from({ length: 100 }, (_, step) => backoffMs(6, step / 100));
  expect(Math.max(...spread) - Math.min(...spread)).toBeGreaterThan(60_000);
});
