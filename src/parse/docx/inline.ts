import { attributeOf, childOf, childrenOf, textOf, type XmlElement } from "../xml/parse-xml.ts";
import type { DocxContext, Inline } from "./context.ts";
import { isOn, isSet } from "./styles.ts";
import { symbolOf } from "./symbols.ts";
import { append } from "../flow/append.ts";

/** Reads what stands in a paragraph, or in something inside it, into `into`. */
export function readInline(parent: XmlElement, into: Inline, context: DocxContext): void {
  for (const element of childrenOf(parent)) readElement(element, into, context);
}

function readElement(element: XmlElement, into: Inline, context: DocxContext): void {
  switch (element.local) {
    case "r":
      return readRun(element, into, context);
    case "del":
    case "moveFrom":
      context.seen.deleted ||= textOf(element).trim() !== "";
      return;
    case "sdt":
      return readControl(element, into, context);
    case "AlternateContent":
      return readAlternate(element, (chosen) => readInline(chosen, into, context));
    case "f":
      return void (into.text += fraction(element, into, context));
    case "sSup":
    case "sSub":
      return readScript(element, into, context);
    case "pPr":
    case "rPr":
    case "sdtPr":
    case "ctrlPr":
    case "rt":
      return;
    case "t":
    case "tab":
    case "br":
      return readRunPart(element, into, context);
    default:
      return readInline(element, into, context);
  }
}

function readRun(run: XmlElement, into: Inline, context: DocxContext): void {
  const properties = childOf(run, "rPr");
  const style = attributeOf(childOf(properties, "rStyle"), "val");
  const own = childOf(properties, "vanish");
  if (own ? isSet(properties, "vanish") : context.styles.hidesRun(style)) {
    // Marks of fields count even where their text is hidden.
    for (const mark of childrenOf(run, "fldChar")) readFieldMark(mark, into, context);
    context.seen.hidden ||= textOf(run).trim() !== "";
    return;
  }
  for (const part of childrenOf(run)) readRunPart(part, into, context);
}

/** Whether the text that comes now is the code of a field. */
function isCode(context: DocxContext): boolean {
  return context.readsFields && context.fields.some((field) => field.inCode);
}

function readRunPart(part: XmlElement, into: Inline, context: DocxContext): void {
  if (part.local === "fldChar") return readFieldMark(part, into, context);
  if (isCode(context)) return;
  switch (part.local) {
    case "t":
      return void (into.text += textOf(part));
    case "tab":
    case "ptab":
      return void (into.text += "\t");
    case "noBreakHyphen":
      return void (into.text += "-");
    case "cr":
      return void (into.text += "\n");
    case "br":
      return readBreak(part, into);
    case "sym":
      return void (into.text += symbolOf(attributeOf(part, "char") ?? "", attributeOf(part, "font") ?? ""));
    case "footnoteReference":
    case "endnoteReference":
    case "commentReference":
      return readReference(part, into, context);
    case "drawing":
    case "pict":
    case "object":
      return readDrawing(part, into, context);
    case "AlternateContent":
      return readAlternate(part, (chosen) => {
        for (const inner of childrenOf(chosen)) readRunPart(inner, into, context);
      });
    case "ruby":
      return readInline(part, into, context);
    default:
      return;
  }
}

function readBreak(part: XmlElement, into: Inline): void {
  if (attributeOf(part, "type") !== "page") into.text += "\n";
  else if (into.text.trim() === "") into.breaksBefore = true;
  else into.breaksAfter = true;
}

function readReference(part: XmlElement, into: Inline, context: DocxContext): void {
  const kind =
    part.local === "footnoteReference"
      ? "footnote"
      : part.local === "endnoteReference"
        ? "endnote"
        : "comment";
  const id = attributeOf(part, "id");
  if (id === null) return;
  context.notes.push({ kind, id });
  if (kind !== "comment") into.text += ` [${context.notes.filter((note) => note.kind !== "comment").length}]`;
}

function readFieldMark(mark: XmlElement, into: Inline, context: DocxContext): void {
  const type = attributeOf(mark, "fldCharType");
  if (type === "begin") {
    context.fields.push({ inCode: true, form: readForm(childOf(mark, "ffData"), into, context) });
  } else if (type === "separate") {
    const field = context.fields.at(-1);
    if (field) field.inCode = false;
  } else if (type === "end") {
    const field = context.fields.pop();
    if (!field?.form) return;
    const value = into.text.slice(field.form.from).trim();
    addField(context, field.form.name, null, "text", value === "" ? null : value);
  }
}

/** Controls of old forms (17.16.17): boxes and lists hold their value beside the text, texts in it. */
function readForm(
  form: XmlElement | null,
  into: Inline,
  context: DocxContext,
): { name: string; from: number } | null {
  if (!form) return null;
  const name = attributeOf(childOf(form, "name"), "val") ?? "";
  const box = childOf(form, "checkBox");
  const list = childOf(form, "ddList");
  if (box) {
    const state = childOf(box, "checked") ? isSet(box, "checked") : isSet(box, "default");
    into.text += state ? "☒" : "☐";
    addField(context, name, null, "checkbox", state ? "selected" : "unselected");
    return null;
  }
  if (list) {
    const chosen = Number(attributeOf(childOf(list, "result") ?? childOf(list, "default"), "val") ?? "0");
    const value = attributeOf(childrenOf(list, "listEntry")[chosen] ?? null, "val");
    into.text += value ?? "";
    addField(context, name, null, "choice", value);
    return null;
  }
  return { name, from: into.text.length };
}

function readControl(control: XmlElement, into: Inline, context: DocxContext): void {
  const from = into.text.length;
  const content = childOf(control, "sdtContent");
  if (content) readInline(content, into, context);
  noteControl(control, into.text.slice(from), context);
}

/** Content controls (17.5.2) that hold a value are fields of a form; a prompt is no value. */
export function noteControl(control: XmlElement, text: string, context: DocxContext): void {
  const properties = childOf(control, "sdtPr");
  const label = attributeOf(childOf(properties, "alias"), "val");
  const name = attributeOf(childOf(properties, "tag"), "val") ?? label;
  const box = childOf(properties, "checkbox");
  if (box) {
    const checked = isOn(attributeOf(childOf(box, "checked"), "val"));
    addField(context, name ?? "", label, "checkbox", checked ? "selected" : "unselected");
    return;
  }
  const kinds = new Set(childrenOf(properties).map((property) => property.local));
  const kind = ["dropDownList", "comboBox"].some((local) => kinds.has(local)) ? "choice" : "text";
  const holdsValue = kind === "choice" || kinds.has("text") || kinds.has("date");
  if (!holdsValue || name === null) return;
  const value = isSet(properties, "showingPlcHdr") ? "" : text.trim();
  addField(context, name, label, kind, value === "" ? null : value);
}

function addField(
  context: DocxContext,
  name: string,
  label: string | null,
  kind: "text" | "checkbox" | "choice",
  value: string | null,
): void {
  const own = name === "" ? `field ${context.formFields.length + 1}` : name;
  context.formFields.push({ name: own, label, kind, value, page: null, bbox: null });
}

/** Takes the one alternative that has something to show: the choice, else the fallback (ECMA-376-3, 7.6). */
export function readAlternate(element: XmlElement, read: (chosen: XmlElement) => void): void {
  const choice = childrenOf(element, "Choice").find((candidate) => showsSomething(candidate));
  const chosen = choice ?? childOf(element, "Fallback") ?? childOf(element, "Choice");
  if (chosen) read(chosen);
}

const SHOWN: ReadonlySet<string> = new Set([
  "t",
  "txbxContent",
  "blip",
  "imagedata",
  "chart",
  "relIds",
  "textpath",
]);

function showsSomething(element: XmlElement): boolean {
  return childrenOf(element).some((child) => SHOWN.has(child.local) || showsSomething(child));
}

/** A picture, a shape or a group of them: text boxes are read, the rest is counted. */
function readDrawing(element: XmlElement, into: Inline, context: DocxContext): void {
  for (const child of childrenOf(element)) {
    switch (child.local) {
      case "txbxContent":
        append(into.boxes, context.readBlocks(child, { ...context, fields: [] }));
        break;
      case "AlternateContent":
        readAlternate(child, (chosen) => readDrawing(chosen, into, context));
        break;
      case "docPr":
        readName(child, into);
        break;
      case "textpath":
        into.boxes.push({ kind: "paragraph", text: attributeOf(child, "string") ?? "" });
        break;
      case "blip":
      case "imagedata":
        context.seen.pictures += 1;
        break;
      case "chart":
      case "relIds":
        context.seen.drawings += 1;
        break;
      default:
        readDrawing(child, into, context);
    }
  }
}

/** What a picture is said to show, where a person has said so. */
function readName(element: XmlElement, into: Inline): void {
  const text = (attributeOf(element, "descr") ?? "").trim();
  if (text === "" || /\bgenerated\b|generiert|généré|\.(?:png|jpe?g|gif|bmp|emf|wmf|tiff?|svg)$/i.test(text))
    return;
  into.boxes.push({ kind: "caption", text });
}

function fraction(element: XmlElement, into: Inline, context: DocxContext): string {
  return `${apart(childOf(element, "num"), into, context)}/${apart(childOf(element, "den"), into, context)}`;
}

function readScript(element: XmlElement, into: Inline, context: DocxContext): void {
  const isUpper = element.local === "sSup";
  const script = apart(childOf(element, isUpper ? "sup" : "sub"), into, context);
  into.text += `${apart(childOf(element, "e"), into, context)}${isUpper ? "^" : "_"}${script}`;
}

/** The text of a part of a formula by itself. */
function apart(element: XmlElement | null, into: Inline, context: DocxContext): string {
  if (!element) return "";
  const own: Inline = { ...into, text: "" };
  readInline(element, own, context);
  return own.text;
}
