import type { Warning } from "../../model/parsed.ts";
import type { Package } from "../package/open-package.ts";
import { childOf, childrenOf, textOf } from "../xml/parse-xml.ts";

/** Names of the properties that are kept, by their element (ODF 1.3 part 3, 4.3). */
const KEPT: Readonly<Record<string, string>> = {
  title: "title",
  subject: "subject",
  description: "description",
  keyword: "keywords",
  "initial-creator": "author",
  creator: "last_modified_by",
  "creation-date": "created",
  date: "modified",
};

/** What an OpenDocument says of itself: title, author, dates; empty values are left out. */
export function odfProperties(parts: Package): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const element of childrenOf(childOf(parts.xml("meta.xml"), "meta"))) {
    const name = KEPT[element.local];
    const value = textOf(element).trim();
    if (name !== undefined && value !== "") properties[name] = value;
  }
  return properties;
}

/** A word on macros that an OpenDocument carries. */
export function odfWarnings(parts: Package): Warning[] {
  const macros = parts.names.some((name) => /^(?:Basic|Scripts)\/.+\/[^/]+$/.test(name));
  return macros ? [{ code: "macros_present", message: "The file carries macros. They were not run." }] : [];
}
