/** @import { DocumentView, Result } from "./types.js" */

const KEY_SLOT = "docket.key";
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** @type {string | null} */
let developmentKey = null;

/** An answer that is not a success, in the words of its problem document (RFC 9457). */
export class Problem extends Error {
  /** @param {{ status: number, code: string, title: string, detail: string }} problem */
  constructor({ status, code, title, detail }) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.title = title;
  }
}

/** The key in use, or null. A typed key lives as long as the tab; the local one only as long as the page. */
export function currentKey() {
  return developmentKey ?? sessionStorage.getItem(KEY_SLOT);
}

/** Whether the key was typed in here, so that it can be forgotten. */
export function keyWasTyped() {
  return developmentKey === null && sessionStorage.getItem(KEY_SLOT) !== null;
}

/** @param {string} key */
export function rememberKey(key) {
  sessionStorage.setItem(KEY_SLOT, key);
}

export function forgetKey() {
  developmentKey = null;
  sessionStorage.removeItem(KEY_SLOT);
}

/** Asks the local platform for its development key; a deployed one has none and is not asked. */
export async function findDevelopmentKey() {
  if (!LOOPBACK.has(location.hostname)) return;
  try {
    const response = await fetch("/dev/key", { headers: { accept: "application/json" }, cache: "no-store" });
    if (!response.ok) return;
    const body = /** @type {{ key?: unknown }} */ (await response.json());
    if (typeof body.key === "string") developmentKey = body.key;
  } catch {
    developmentKey = null;
  }
}

/**
 * Sends a request with the key in its header. @throws Problem
 * @param {string} path
 * @param {RequestInit} [init]
 */
export async function request(path, init = {}) {
  const headers = new Headers(init.headers);
  const key = currentKey();
  if (key) headers.set("authorization", `Bearer ${key}`);
  /** @type {Response} */
  let response;
  try {
    response = await fetch(path, { ...init, headers });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw unreachable();
  }
  if (!response.ok) throw problemOf(response.status, await response.text());
  return response;
}

/** Whether another key is needed. @param {unknown} error */
export function isUnauthorized(error) {
  return error instanceof Problem && error.status === 401;
}

/** What to say when no answer comes at all. */
export function unreachable() {
  return new Problem({
    status: 0,
    code: "unreachable",
    title: "No answer",
    detail: "The server cannot be reached. Check that it runs and that you are online, then try again.",
  });
}

/**
 * Reads an error's body: a problem document, or else whatever the status says.
 * @param {number} status
 * @param {string} body
 */
export function problemOf(status, body) {
  /** @type {Record<string, unknown>} */
  let fields = {};
  try {
    const parsed = /** @type {unknown} */ (JSON.parse(body));
    if (typeof parsed === "object" && parsed !== null)
      fields = /** @type {Record<string, unknown>} */ (parsed);
  } catch {
    fields = {};
  }
  /** @param {string} name @param {string} fallback */
  const text = (name, fallback) => {
    const value = fields[name];
    return typeof value === "string" ? value : fallback;
  };
  return new Problem({
    status,
    code: text("code", "error"),
    title: text("title", `Error ${status}`),
    detail: text("detail", `The server answered with status ${status}. Try again in a moment.`),
  });
}

/**
 * @param {string} id
 * @param {AbortSignal} [signal]
 */
export async function fetchDocument(id, signal) {
  const response = await request(path(id), signal ? { signal } : {});
  return /** @type {DocumentView} */ (await response.json());
}

/** @param {string} id @param {AbortSignal} [signal] */
export async function fetchResult(id, signal) {
  const response = await request(`${path(id)}/result`, signal ? { signal } : {});
  return /** @type {Result} */ (await response.json());
}

/** The document's whole text, in which spans are counted. @param {string} id @param {AbortSignal} [signal] */
export async function fetchText(id, signal) {
  const response = await request(`${path(id)}/text`, signal ? { signal } : {});
  if (!response.headers.get("content-type")?.includes("json")) return response.text();
  const body = /** @type {{ text?: unknown }} */ (await response.json());
  return typeof body.text === "string" ? body.text : "";
}

/** A page's picture. @param {string} id @param {number} page counted from 1 @param {AbortSignal} signal */
export async function fetchPage(id, page, signal) {
  const response = await request(`${path(id)}/pages/${page}.png`, { signal });
  return response.blob();
}

/** The original. @param {string} id */
export async function fetchOriginal(id) {
  const response = await request(`${path(id)}/file`);
  return response.blob();
}

/** @param {string | null} cursor */
export async function fetchList(cursor) {
  const query = new URLSearchParams({ limit: "12" });
  if (cursor) query.set("cursor", cursor);
  const response = await request(`/v1/documents?${query}`);
  return /** @type {{ documents: DocumentView[], next: string | null }} */ (await response.json());
}

/** A single-use ticket for the live socket. @param {string} id */
export async function fetchTicket(id) {
  const response = await request(`${path(id)}/tickets`, { method: "POST" });
  return /** @type {{ ticket: string }} */ (await response.json()).ticket;
}

/** Has a document read again. @param {string} id @param {{ password?: string }} options */
export async function reprocessDocument(id, options) {
  await request(`${path(id)}/reprocess`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(options),
  });
}

/** @param {string} id */
export async function deleteDocument(id) {
  await request(path(id), { method: "DELETE" });
}

/** @param {string} id */
function path(id) {
  return `/v1/documents/${encodeURIComponent(id)}`;
}
