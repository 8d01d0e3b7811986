import type { Package } from "../package/open-package.ts";
import { attributeOf, childrenOf } from "../xml/parse-xml.ts";

/** How a part points to another one (ECMA-376 part 2, 9.3). */
export interface Relationship {
  readonly id: string;
  /** The last step of its type's URI: `worksheet`, `image`, `hyperlink`. Strict and transitional files share it. */
  readonly type: string;
  /** A part's name, or an address outside the file. */
  readonly target: string;
  readonly external: boolean;
}

/** What a part points to; empty where it has no relationships. @throws AppError as Package.xml */
export function relationshipsOf(parts: Package, name: string): Relationship[] {
  const slash = name.lastIndexOf("/");
  const folder = name.slice(0, slash + 1);
  const root = parts.xml(`${folder}_rels/${name.slice(slash + 1)}.rels`);
  return childrenOf(root, "Relationship").map((element) => {
    const external = attributeOf(element, "TargetMode") === "External";
    const target = attributeOf(element, "Target") ?? "";
    return {
      id: attributeOf(element, "Id") ?? "",
      type: (attributeOf(element, "Type") ?? "").split("/").at(-1) ?? "",
      target: external ? target : resolvePart(folder, target),
      external,
    };
  });
}

/** The part that the whole file is about: workbook, presentation or document. */
export function mainPart(parts: Package): string | null {
  const named = relationshipsOf(parts, "").find(({ type }) => type === "officeDocument")?.target;
  if (named !== undefined && parts.has(named)) return named;
  return MAIN_PARTS.find((name) => parts.has(name)) ?? null;
}

const MAIN_PARTS = ["xl/workbook.xml", "xl/workbook.bin", "ppt/presentation.xml", "word/document.xml"];

function resolvePart(folder: string, target: string): string {
  const [path = ""] = target.replaceAll("\\", "/").split("#");
  const steps: string[] = [];
  for (const step of (path.startsWith("/") ? path : folder + path).split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return steps.join("/");
}
