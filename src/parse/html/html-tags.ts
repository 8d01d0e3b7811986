import { letters, roman } from "../flow/numerals.ts";

/** Elements whose content is no text of the page. */
export const UNSEEN: ReadonlySet<string> = new Set(["script", "style", "template", "noframes", "datalist"]);

/** Elements that stand on lines of their own. */
export const BLOCKS: ReadonlySet<string> = new Set(
  "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup p pre search section summary table caption thead tbody tfoot tr td th ul text foreignobject".split(
    " ",
  ),
);

export const LISTS: ReadonlySet<string> = new Set(["ul", "ol", "menu", "dir"]);

/** Elements that show what is elsewhere. */
export const EXTERNAL: ReadonlySet<string> = new Set(["iframe", "frame", "object", "embed"]);

/** Whether an element says itself that it is not shown. */
export function isHidden(attributes: Readonly<Record<string, string>>): boolean {
  if (attributes["hidden"] !== undefined && attributes["hidden"] !== "until-found") return true;
  const style = attributes["style"] ?? "";
  return /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$|!)|opacity\s*:\s*0\s*(?:;|$|!)|mso-hide\s*:\s*all)/i.test(
    style,
  );
}

/** The depth of a list's item that Word and Outlook write as a paragraph; null for what is none. */
export function officeLevel(attributes: Readonly<Record<string, string>>): number | null {
  const level = /(?:^|[;\s])mso-list\s*:[^;]*?\blevel(\d)/i.exec(attributes["style"] ?? "")?.[1];
  return level === undefined ? null : Math.max(1, Number(level));
}

/** Whether an element holds the number or bullet of such an item. */
export function isOfficeMarker(attributes: Readonly<Record<string, string>>): boolean {
  return /(?:^|[;\s])mso-list\s*:\s*ignore/i.test(attributes["style"] ?? "");
}

/** The marker of a list's item by its list's `type` (HTML, 4.4.5). */
export function markerOf(type: string | null, number: number): string {
  if (type === null) return "•";
  if (type === "a" || type === "A") return `${letters(number, type)}.`;
  if (type === "i" || type === "I") return `${roman(number, type === "I")}.`;
  return `${number}.`;
}

const INLINE: ReadonlySet<string> = new Set(
  "a abbr acronym applet area audio b base basefont bdi bdo big blink br button canvas cite code col colgroup data datalist del dfn em embed font frame head i iframe img input ins kbd label link map mark math meta meter noscript object optgroup option output param picture progress q rp rt ruby s samp script select slot small source span strike strong style sub sup svg template textarea time title track tt u var video wbr".split(
    " ",
  ),
);

/** Whether HTML has an element of that name. */
export function isKnownTag(name: string): boolean {
  const lower = name.toLowerCase();
  return INLINE.has(lower) || (BLOCKS.has(lower) && lower !== "text");
}
