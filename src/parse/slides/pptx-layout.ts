import { relationshipsOf } from "../ooxml/relationships.ts";
import type { Package } from "../package/open-package.ts";
import { attributeOf, childOf, childrenOf, type XmlElement } from "../xml/parse-xml.ts";
import type { ShapeBox } from "./shape.ts";

/** What a placeholder is: its kind, and the number that ties it to its layout. */
export interface Placeholder {
  readonly type: string;
  readonly index: string;
}

/** Where a layout and its master put their placeholders. */
export type Layout = readonly (Placeholder & { readonly box: ShapeBox | null })[];

/** Reads layouts once each: many slides share one. */
export class Layouts {
  readonly #parts: Package;
  readonly #known = new Map<string, Layout>();

  constructor(parts: Package) {
    this.#parts = parts;
  }

  /** The placeholders of a layout, its own in front of its master's. @throws AppError as Package.xml */
  read(name: string): Layout {
    const known = this.#known.get(name);
    if (known) return known;
    // Entered first, so that a layout that is its own master is read once.
    this.#known.set(name, []);
    const own = placeholdersOf(this.#parts.xml(name));
    const master = relationshipsOf(this.#parts, name).find(({ type }) => type === "slideMaster");
    const layout = [...own, ...(master ? this.read(master.target) : [])];
    this.#known.set(name, layout);
    return layout;
  }
}

/** The place of a shape; null where it leaves that to its layout. */
export function boxOf(properties: XmlElement | null): ShapeBox | null {
  const transform = properties?.local === "xfrm" ? properties : childOf(properties, "xfrm");
  const offset = childOf(transform, "off");
  const extent = childOf(transform, "ext");
  if (!offset || !extent) return null;
  const [x0, y0, width, height] = [
    attributeOf(offset, "x"),
    attributeOf(offset, "y"),
    attributeOf(extent, "cx"),
    attributeOf(extent, "cy"),
  ].map(Number);
  if (x0 === undefined || y0 === undefined || width === undefined || height === undefined) return null;
  const box = { x0, y0, x1: x0 + width, y1: y0 + height };
  return Object.values(box).every(Number.isFinite) ? box : null;
}

/** What kind of placeholder a shape is; null where it is none. */
export function placeholderOf(shape: XmlElement): Placeholder | null {
  const own = childrenOf(shape).find(({ local }) => local.startsWith("nv"));
  const placeholder = childOf(own, "nvPr", "ph");
  if (!placeholder) return null;
  return {
    type: attributeOf(placeholder, "type") ?? "obj",
    index: attributeOf(placeholder, "idx") ?? "0",
  };
}

/** Where a layout puts a placeholder: the one of its number, else the first of its kind. */
export function placeIn(layout: Layout, { type, index }: Placeholder): ShapeBox | null {
  const same = layout.filter(({ box }) => box !== null);
  const exact = same.find((one) => one.index === index && one.index !== "0");
  return (exact ?? same.find((one) => kindOf(one.type) === kindOf(type)))?.box ?? null;
}

function kindOf(type: string): string {
  if (type === "ctrTitle") return "title";
  return type === "obj" || type === "subTitle" ? "body" : type;
}

function placeholdersOf(root: XmlElement | null): Layout {
  return childrenOf(childOf(root, "cSld", "spTree")).flatMap((shape) => {
    const placeholder = placeholderOf(shape);
    return placeholder ? [{ ...placeholder, box: boxOf(childOf(shape, "spPr")) }] : [];
  });
}
