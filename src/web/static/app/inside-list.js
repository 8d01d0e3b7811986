import { element, icon } from "./dom.js";
import { labelOf, pagesText, sizeText, statusWord } from "./wording.js";

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
  const pagesOf = new Map(members.map(({ document_id: id, pages }) => [id, pagesText(pages)]));
  const ofPages = others.length > 0 && others.every(({ pages }) => pages !== undefined);
  return element(
    "div",
    { class: "inside" },
    children.length > 0 && element("h3", {}, "Documents inside"),
    children.length > 0 &&
      element(
        "ul",
        { class: "inside-list" },
        children.map((child) => childRow(child, pagesOf.get(child.id) ?? "")),
      ),
    others.length > 0 && element("h3", {}, ofPages ? "Other pages" : "Other files inside"),
    others.length > 0 && element("ul", { class: "inside-list" }, others.map(memberRow)),
  );
}

/**
 * A part of a file is known by its pages, a file inside one by its name.
 * @param {Child} child
 * @param {string} pages
 */
function childRow({ id, file, status, type, error }, pages) {
  const kind = type ? labelOf(type) : "";
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
        pages === "" ? file : [pages, kind].filter(Boolean).join(": "),
        element("span", { class: "quiet" }, error ? error.message : pages === "" ? kind : ""),
      ),
      element("span", { class: "status", data: { status } }, statusWord(status)),
    ),
  );
}

/** @param {Member} member */
function memberRow({ path, pages, size_bytes: size, outcome, reason }) {
  return element(
    "li",
    { data: { outcome } },
    icon(outcome === "refused" ? "warning" : "skip"),
    element(
      "span",
      { class: "inside-name" },
      pagesText(pages) || path,
      element(
        "span",
        { class: "quiet" },
        [reason?.message, size !== null && sizeText(size)].filter(Boolean).join(" · "),
      ),
    ),
    element("span", { class: "quiet" }, OUTCOME_WORDS[outcome] ?? labelOf(outcome)),
  );
}
