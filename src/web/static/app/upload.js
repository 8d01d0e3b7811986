import { currentKey, problemOf, unreachable } from "./api.js";

/**
 * Sends a file as a form; fetch cannot tell how much of a body has gone up, XMLHttpRequest can.
 * @param {File} file
 * @param {{ type: string, signal: AbortSignal, onprogress: (share: number) => void }} options `type` may be empty
 * @returns {Promise<string>} the document's id. @throws Problem
 */
export function uploadFile(file, { type, signal, onprogress }) {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    if (type) form.append("type", type);
    form.append("file", file, file.name);
    const upload = new XMLHttpRequest();
    upload.open("POST", "/v1/documents");
    const key = currentKey();
    if (key) upload.setRequestHeader("authorization", `Bearer ${key}`);
    upload.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onprogress(event.loaded / event.total);
    });
    upload.addEventListener("error", () => reject(unreachable()));
    upload.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
    upload.addEventListener("load", () => {
      const id = upload.status < 300 ? idOf(upload.responseText) : null;
      if (id) resolve(id);
      else reject(problemOf(upload.status, upload.responseText));
    });
    signal.addEventListener("abort", () => upload.abort(), { once: true });
    upload.send(form);
  });
}

/** @param {string} body */
function idOf(body) {
  try {
    const answer = /** @type {{ id?: unknown }} */ (JSON.parse(body));
    return typeof answer.id === "string" ? answer.id : null;
  } catch {
    return null;
  }
}
