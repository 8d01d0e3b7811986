import { childOf, childrenOf, textOf, type XmlElement } from "../xml/parse-xml.ts";

/** A paragraph of a shape: its text and how deep it is indented, from 0. */
export interface DrawnParagraph {
  readonly text: string;
  readonly level: number;
  /** Whether it says of itself that it has a bullet or number; null where it leaves that to its layout. */
  readonly bullet: string | null | undefined;
}

/** The paragraphs of a text body (DrawingML, `a:p`); empty ones are left out. */
export function paragraphsOf(body: XmlElement | null): DrawnParagraph[] {
  return childrenOf(body, "p").flatMap((paragraph) => {
    const text = paragraphText(paragraph).trim();
    if (text === "") return [];
    const properties = childOf(paragraph, "pPr");
    return [{ text, level: Number(properties?.attributes.lvl ?? 0) || 0, bullet: bulletOf(properties) }];
  });
}

/** Runs, fields and line breaks of a paragraph, in order; formulas by the text that they hold. */
export function paragraphText(paragraph: XmlElement): string {
  let text = "";
  for (const child of childrenOf(paragraph)) {
    switch (child.local) {
      case "br":
        text += "\n";
        break;
      case "tab":
        text += "\t";
        break;
      case "r":
      case "fld":
        text += childrenOf(child, "t").map(textOf).join("");
        break;
      case "pPr":
      case "endParaRPr":
        break;
      case "AlternateContent":
        text += paragraphText(childOf(child, "Choice") ?? child);
        break;
      default:
        text += innerText(child);
    }
  }
  // A vertical tab is a line break within a title.
  return text.replaceAll("\v", "\n");
}

/** What elements of other vocabularies (formulas) hold in their own `t`. */
function innerText(element: XmlElement): string {
  if (element.local === "t") return textOf(element);
  return childrenOf(element).map(innerText).join("");
}

function bulletOf(properties: XmlElement | null): string | null | undefined {
  if (childOf(properties, "buNone")) return null;
  const character = childOf(properties, "buChar")?.attributes.char;
  if (character !== undefined) return character;
  if (childOf(properties, "buAutoNum")) return "1.";
  return undefined;
}
