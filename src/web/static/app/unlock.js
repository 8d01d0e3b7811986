import { reprocessDocument } from "./api.js";
import { element, fill } from "./dom.js";
import { makeNotice } from "./notice.js";

/** Codes that a password can mend. */
const LOCKED = new Set(["password_required", "password_incorrect"]);

/** Whether a document failed for want of its password. @param {{ code: string } | null} error */
export function isLocked(error) {
  return error !== null && LOCKED.has(error.code);
}

/**
 * Asks for a protected document's password and has it read again.
 * @param {string} id
 * @param {() => void} onsent called once the new run has begun
 */
export function makeUnlock(id, onsent) {
  const problem = element("div", {});
  const input = element("input", {
    type: "password",
    id: "document-password",
    autocomplete: "off",
    required: true,
    maxlength: "1024",
  });
  const form = element(
    "form",
    { class: "key-form unlock" },
    element("label", { for: "document-password" }, "The file's password"),
    element("div", { class: "key-row" }, input, element("button", { class: "button primary" }, "Read it")),
    element("p", { class: "quiet" }, "It is used for reading alone, and kept nowhere."),
    problem,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    reprocessDocument(id, { password: input.value }).then(onsent, (/** @type {unknown} */ error) =>
      fill(problem, makeNotice(error)),
    );
    input.value = "";
  });
  return form;
}
