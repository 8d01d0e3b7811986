import type { Package } from "../package/open-package.ts";
import { childrenOf, textOf } from "../xml/parse-xml.ts";

/** Names of the properties that are kept, by their element (ECMA-376 part 2, 11). */
const KEPT: Readonly<Record<string, string>> = {
  title: "title",
  subject: "subject",
  creator: "author",
  keywords: "keywords",
  description: "description",
  lastModifiedBy: "last_modified_by",
  created: "created",
  modified: "modified",
};

/** What an office file says of itself: title, author, dates; empty values are left out. */
export function propertiesOf(parts: Package): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const element of childrenOf(parts.xml("docProps/core.xml"))) {
    const name = KEPT[element.local];
    const value = textOf(element).trim();
    if (name !== undefined && value !== "") properties[name] = value;
  }
  return properties;
}
