/**
 * The shapes that the page reads from the API, taken from the product's own model.
 *
 * @typedef {import("../../../model/document.ts").DocumentView} DocumentView
 * @typedef {import("../../../model/document.ts").DocumentStatus} DocumentStatus
 * @typedef {import("../../../model/event.ts").DocumentEvent} DocumentEvent
 * @typedef {import("../../../model/extraction.ts").Evidence} Evidence
 * @typedef {import("../../../model/extraction.ts").Citation} Citation
 * @typedef {import("../../../model/extraction.ts").Check} Check
 * @typedef {import("../../../model/extraction.ts").StoredResult} StoredResult
 *
 * @typedef {import("../../../model/result.ts").DocumentResult} DocumentResult
 * @typedef {import("../../../model/result.ts").ChildDocument} Child
 * @typedef {import("../../../model/parsed.ts").Member} Member
 *
 * @typedef {Pick<StoredResult, "review" | "data" | "evidence" | "checks" | "warnings" | "usage" | "classification"> &
 *   Pick<DocumentResult, "members" | "children" | "parent_id">} ResultBody
 *
 * A result as `GET /v1/documents/{id}/result` answers it. A failed document has an error and little else.
 * @typedef {{ id: string, status: DocumentStatus, type: string | null, run: number,
 *   error: { code: string, message: string } | null } & { [K in keyof ResultBody]?: ResultBody[K] | null }} Result
 */

export {};
