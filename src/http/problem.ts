import { AppError, type ErrorCode, STATUS_OF } from "../errors.ts";

const TITLE_OF = {
  invalid_request: "The request is not valid",
  invalid_schema: "The schema cannot be served",
  unauthorized: "An API key is needed",
  forbidden: "The API key may not do this",
  not_found: "There is nothing here",
  method_not_allowed: "The method does not fit this address",
  conflict: "The document is in a state that does not allow this",
  precondition_failed: "The document has changed meanwhile",
  idempotency_running: "A request with this Idempotency-Key is still running",
  idempotency_mismatch: "The Idempotency-Key belongs to another request",
  payload_too_large: "The file is too large",
  length_mismatch: "The body is not as long as announced",
  empty_file: "The file is empty",
  unsupported_format: "The format is not supported",
  file_damaged: "The file is damaged",
  password_required: "The file needs a password",
  password_incorrect: "The password is wrong",
  too_many_pages: "The document has too many pages",
  image_too_large: "The image is too large",
  archive_too_large: "The file unpacks to too much",
  too_many_members: "The file holds too many files",
  nesting_too_deep: "Files are packed too deep inside one another",
  unsafe_content: "The file holds what is not read for safety",
  malware_found: "The file is known to do harm",
  text_too_long: "The text is too long",
  not_ready: "The document has not ended yet",
  page_not_found: "There is no such page",
  deadline_exceeded: "The document did not end in time",
  attempts_exhausted: "The document was given up",
  rate_limited: "Too many requests",
  upstream_unavailable: "A part of the platform does not answer",
  internal: "Something went wrong here",
} as const satisfies Record<ErrorCode, string>;

/** Headers that belong to a code wherever it is answered. */
function headersOf(error: AppError): Record<string, string> {
  if (error.code === "unauthorized") return { "www-authenticate": 'Bearer realm="docket"' };
  if (error.code === "not_ready" || error.code === "idempotency_running") return { "retry-after": "1" };
  if (error.code === "upstream_unavailable") return { "retry-after": "5" };
  const allow = error.detail?.["allow"];
  if (error.code === "method_not_allowed" && Array.isArray(allow)) return { allow: allow.join(", ") };
  return {};
}

/**
 * An error on the wire: RFC 9457 problem details, the error's own detail as extension members.
 * Of what is not an AppError nothing is told but the request's id.
 */
export function toProblem(thrown: unknown, context: { requestId: string; path: string }): Response {
  const error =
    thrown instanceof AppError
      ? thrown
      : new AppError("internal", `Something failed on our side. Quote request ${context.requestId}.`);
  const status = STATUS_OF[error.code];
  const problem = {
    ...error.detail,
    type: `urn:docket:error:${error.code}`,
    title: TITLE_OF[error.code],
    status,
    code: error.code,
    detail: error.message,
    instance: context.path,
    request_id: context.requestId,
  };
  return new Response(JSON.stringify(problem), {
    status,
    headers: { ...headersOf(error), "content-type": "application/problem+json" },
  });
}

/** Codes that are thrown at the bottom and logged at the top: our fault, not the caller's. */
export function isOurFault(thrown: unknown): boolean {
  return !(thrown instanceof AppError) || STATUS_OF[thrown.code] >= 500;
}
