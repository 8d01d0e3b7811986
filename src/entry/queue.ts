import { z } from "zod";
import type { App } from "../compose.ts";
import { AppError } from "../errors.ts";
import { DeadLetterId } from "../model/dead-letter.ts";
import { isTerminal } from "../model/document.ts";
import { TenantId } from "../model/ids.ts";
import { Job } from "../model/job.ts";
import { backoffMs } from "../pipeline/backoff.ts";
import { processDocument } from "../pipeline/process.ts";
import { settleFailure } from "../pipeline/settle.ts";

const DEAD_QUEUE = "docket-dead";

/** Takes messages off a queue: each is settled and recorded, or comes again later. */
export async function consume(app: App, batch: MessageBatch): Promise<void> {
  const dead = batch.queue.startsWith(DEAD_QUEUE);
  for (const message of batch.messages) {
    const job = Job.safeParse(message.body);
    if (!job.success) {
      await park(app, batch.queue, message, job.error);
      continue;
    }
    if (dead) await recordDead(app, message, job.data);
    else await work(app, message, job.data);
  }
}

/** A message of a newer version, or of no shape: kept for somebody to look at; it would not get better by trying. */
async function park(app: App, queue: string, message: Message, error: z.ZodError): Promise<void> {
  const { deadLetters, log } = app.ports;
  const told = z.object({ tenant: TenantId }).safeParse(message.body);
  const wrong = error.issues.map(({ path, code }) => `${path.join(".")} ${code}`).join(", ");
  const version = z.object({ v: z.number() }).safeParse(message.body);
  const detail = `A message of ${queue} was not understood (version ${version.data?.v ?? "unknown"}: ${wrong}).`;
  try {
    await deadLetters.park(told.data?.tenant ?? null, {
      id: DeadLetterId.parse(`dead_m_${message.id.replaceAll(/[^0-9A-Za-z_-]/g, "_").slice(0, 70)}`),
      detail: detail.slice(0, 500),
      atMs: app.ports.clock(),
    });
    log.error("message_malformed", { queue, message: message.id });
    message.ack();
  } catch (failure) {
    log.error("message_not_parked", { queue, error: failure instanceof Error ? failure.name : "unknown" });
    message.retry({ delaySeconds: 30 });
  }
}

async function work(app: App, message: Message, job: Job): Promise<void> {
  try {
    const outcome = await processDocument(app.process, job);
    if (outcome.state === "later") await comeBack(app, job, outcome.delayMs);
    message.ack();
  } catch (error) {
    const delayMs = backoffMs(message.attempts, Math.random());
    app.ports.log.error("message_failed", {
      tenant: job.tenant,
      document: job.document,
      attempts: message.attempts,
      retry_ms: delayMs,
      error: error instanceof Error ? error.name : "unknown",
    });
    message.retry({ delaySeconds: Math.ceil(delayMs / 1_000) });
  }
}

/** Another worker has the document: a fresh message looks again when its lease is over. A retry would count as a failure. */
async function comeBack(app: App, job: Job, delayMs: number): Promise<void> {
  const record = await app.ports.documents.find(job.tenant, job.document);
  if (!record || isTerminal(record.status)) return;
  await app.ports.jobs.send(job, record.options.priority, Math.ceil(delayMs / 1_000));
}

/** A message that failed every time: its document fails with the cause, at once. */
async function recordDead(app: App, message: Message, job: Job): Promise<void> {
  const { documents, rooms, log } = app.ports;
  try {
    const room = rooms.of(job.tenant, job.document);
    const claim = await room.claim({ run: job.epoch, leaseMs: app.config.LEASE_MS });
    const record = claim.verdict === "granted" ? await documents.find(job.tenant, job.document) : null;
    if (claim.verdict === "granted" && record && record.run === job.epoch && !isTerminal(record.status)) {
      const error = new AppError(
        "attempts_exhausted",
        "The document could not be processed after several attempts. Send it for reprocessing; if it fails again, report it.",
      );
      const status = claim.attempt > app.config.MAX_ATTEMPTS ? "quarantined" : "failed";
      await settleFailure(app.process, room, record, claim.fence, error, status);
    }
    message.ack();
  } catch (error) {
    log.error("dead_letter_failed", {
      tenant: job.tenant,
      document: job.document,
      error: error instanceof Error ? error.name : "unknown",
    });
    message.retry({ delaySeconds: 30 });
  }
}
