import { z } from "zod";

/** The closed list of what can go wrong. A message says what is wrong, where, and what to do. */
export const ErrorCode = z.enum([
  "invalid_request",
  "invalid_schema",
  "unauthorized",
  "forbidden",
  "not_found",
  "method_not_allowed",
  "conflict",
  "precondition_failed",
  "idempotency_running",
  "idempotency_mismatch",
  "payload_too_large",
  "length_mismatch",
  "empty_file",
  "unsupported_format",
  "file_damaged",
  "password_required",
  "password_incorrect",
  "too_many_pages",
  "image_too_large",
  "text_too_long",
  "archive_too_large",
  "too_many_members",
  "nesting_too_deep",
  "unsafe_content",
  "malware_found",
  "not_ready",
  "page_not_found",
  "deadline_exceeded",
  "attempts_exhausted",
  "rate_limited",
  "upstream_unavailable",
  "internal",
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** HTTP status of each code: the one table between our errors and the wire. */
export const STATUS_OF = {
  invalid_request: 400,
  invalid_schema: 422,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  precondition_failed: 412,
  idempotency_running: 409,
  idempotency_mismatch: 422,
  payload_too_large: 413,
  length_mismatch: 400,
  empty_file: 422,
  unsupported_format: 415,
  file_damaged: 422,
  password_required: 422,
  password_incorrect: 422,
  too_many_pages: 422,
  image_too_large: 422,
  text_too_long: 422,
  archive_too_large: 422,
  too_many_members: 422,
  nesting_too_deep: 422,
  unsafe_content: 422,
  malware_found: 422,
  not_ready: 409,
  page_not_found: 404,
  deadline_exceeded: 504,
  attempts_exhausted: 500,
  rate_limited: 429,
  upstream_unavailable: 503,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;

/** The only error that crosses a module's border on purpose. `detail` is shown to the client; `cause` is not. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: Record<string, unknown> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; detail?: Record<string, unknown> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.detail = options.detail;
  }
}

/** Whether trying again can help: only for what is not the document's or the caller's fault. */
export function isRetryable(error: unknown): boolean {
  return !(error instanceof AppError) || error.code === "upstream_unavailable" || error.code === "internal";
}
