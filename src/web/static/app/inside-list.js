import { element, icon } from "./dom.js";
import { labelOf, sizeText, statusWord } from "./wording.js";

/** @import { Child, Member } from "./types.js" */

const OUTCOME_WORDS = /** @type {Record<string, string>} */ ({
  evidence: "Taken as evidence",
  set_aside: "Set aside",
  refused: "Not read",
});

/**
 * What a document contains: the documents that came out of it, then what did not become one, with the reason.
 * @param {readonly Child[]} children
 * @param {readonly Member[]} members
 */
export function makeInsideList(children, members) {
  const others = members.filter(({ outcome }) => outcome !== "document");
  return element(
    "div",
    { class: "inside" },
    children.length > 0 && element("h3", {}, "Documents inside"),
    children.length > 0 && element("ul", { class: "inside-list" }, children.map(childRow)),
    others.length > 0 && element("h3", {}, "Other files inside"),
    others.length > 0 && element("ul", { class: "inside-list" }, others.map(memberRow)),
  );
}

/** @param {Child} child */
function childRow({ id, file, status, type, error }) {
  return element(
    "li",
    {},
    element(
      "a",
      { href: `#/${id}` },
      icon("page"),
      element(
        "span",
        { class: "inside-name" },
        file,
        element("span", { class: "quiet" }, error ? error.message : type ? labelOf(type) : ""),
      ),
      element("span", { class: "status", data: { status } }, statusWord(status)),
    ),
  );
}

/** @param {Member} member */
function memberRow({ path, size_bytes: size, outcome, reason }) {
  return element(
    "li",
    { data: { outcome } },
    icon(outcome === "refused" ? "warning" : "skip"),
    element(
      "span",
      { class: "inside-name" },
      path,
      element(
        "span",
        { class: "quiet" },
        [reason?.message, size !== null && sizeText(size)].filter(Boolean).join(" · "),
      ),
    ),
    element("span", { class: "quiet" }, OUTCOME_WORDS[outcome] ?? labelOf(outcome)),
  );
}
