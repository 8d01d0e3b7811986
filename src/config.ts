import { z } from "zod";

const MIB = 1024 * 1024;

/** Every limit and switch, with its reason. Parsed once from the Worker's vars and secrets. */
export const Config = z.object({
  /** `development` opens the development key; anything else refuses it. */
  ENVIRONMENT: z.enum(["development", "test", "production"]).default("production"),
  /** The local platform's own key, shown by its page; never set where it is deployed. */
  DEV_API_KEY: z.string().optional(),
  /** Set by the local platform: results of other sources are not taken from the cache. */
  BUILD_ID: z.string().default(""),
  /** Cloudflare's own body limit on its smaller plans. */
  MAX_UPLOAD_BYTES: z.coerce.number().int().positive().default(100_000_000),
  /** A PDF stands once in wasm memory; 48 MiB leave room for a rendered page and OCR below 128 MB. */
  MAX_PARSE_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(48 * MIB),
  /** A 2,000-page scan takes hours of OCR: more is a sign of a wrong file or an attack. */
  MAX_PAGES: z.coerce.number().int().positive().default(2_000),
  /** 210 megapixels: the largest phone cameras; pictures are scaled while they are decoded. */
  MAX_PIXELS: z.coerce.number().int().positive().default(210_000_000),
  /** Tesseract gains nothing above it and a grey page stays at 4 MB. */
  OCR_MAX_SIDE: z.coerce.number().int().positive().default(2_048),
  /** Plain text beyond it is a log or a dump, not a document. */
  MAX_TEXT_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(2 * MIB),
  /** One part of an office file or one message: its XML stands in memory beside what is read of it. */
  MAX_PART_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(24 * MIB),
  /** What all members of one container may unpack to: streamed to R2, so that it is time and money, not memory. */
  MAX_UNPACKED_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(512 * MIB),
  /** Deflate reaches 1,032 at most; office files stay below 30 and sparse tables below 200. */
  MAX_RATIO: z.coerce.number().int().positive().default(200),
  /** Members of one container. */
  MAX_MEMBERS: z.coerce.number().int().positive().default(1_000),
  /** Containers inside containers: deeper ones are made to be. */
  MAX_NESTING: z.coerce.number().int().positive().default(5),
  /** Documents that one upload may become, over all its levels. */
  MAX_FAMILY: z.coerce.number().int().positive().default(2_000),
  /** Bytes that the documents of one upload may have together. */
  MAX_FAMILY_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(2_048 * MIB),
  /** Nesting inside XML and JSON: deeper ones exhaust stacks. */
  MAX_DEPTH: z.coerce.number().int().positive().default(200),
  /** Elements, values or cells of one file: each takes about 100 bytes of heap. */
  MAX_NODES: z.coerce.number().int().positive().default(300_000),
  /** A parsed word takes about 300 bytes of heap: so many stay well under half an isolate's memory. */
  MAX_WORDS: z.coerce.number().int().positive().default(150_000),
  /** Extractors of one tenant's own, and versions of each: enough for every form, few enough to list. */
  MAX_EXTRACTORS: z.coerce.number().int().positive().default(500),
  MAX_EXTRACTOR_VERSIONS: z.coerce.number().int().positive().default(1_000),
  /** Work of one queue message: a page of text costs 1, a page of OCR 25. 100 is about 10 s, in which others wait. */
  STEP_BUDGET: z.coerce.number().int().positive().default(100),
  /** A worker that says nothing for so long is taken for dead. Longer than the slowest page. */
  LEASE_MS: z.coerce.number().int().positive().default(90_000),
  /** Every accepted document ends within it: the longest scan takes half of it, the rest is for waiting. */
  DEADLINE_MS: z.coerce
    .number()
    .int()
    .positive()
    .default(4 * 3_600_000),
  /** How long the room waits without news before it sends a document's message again. */
  WATCHDOG_MS: z.coerce.number().int().positive().default(120_000),
  /** How long an ended document's room keeps its events at hand before it hands them to R2 and clears. */
  ROOM_LINGER_MS: z.coerce
    .number()
    .int()
    .positive()
    .default(10 * 60_000),
  /** Attempts, crashes included, before a document is given up. */
  MAX_ATTEMPTS: z.coerce.number().int().positive().default(5),
  /** A request under an Idempotency-Key that has not answered for so long has died: the slowest upload of 100 MB takes less. */
  IDEMPOTENCY_LEASE_MS: z.coerce
    .number()
    .int()
    .positive()
    .default(30 * 60_000),
  /** How long a key is known: 24 h are promised, and clients' clocks differ. */
  IDEMPOTENCY_KEEP_MS: z.coerce
    .number()
    .int()
    .positive()
    .default(26 * 3_600_000),
  /** Opens http and private addresses for webhooks; for the local platform and tests, never where it is deployed. */
  WEBHOOK_PRIVATE_TARGETS: z.coerce
    .string()
    .pipe(z.enum(["true", "false"]))
    .transform((text) => text === "true")
    .default(false),
  /** How long the secret before a rotation signs beside the new one: a day to change over. */
  WEBHOOK_ROTATION_MS: z.coerce
    .number()
    .int()
    .positive()
    .default(24 * 3_600_000),
  /** Longest `Prefer: wait`: below the 100 s after which Cloudflare's edge gives up. */
  MAX_WAIT_SECONDS: z.coerce.number().int().positive().default(60),
});
export type Config = z.infer<typeof Config>;
