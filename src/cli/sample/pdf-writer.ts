/** A line of text. `x` and `y` are points from the page's top left corner; `y` is the baseline. */
export interface PdfText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly bold?: boolean;
  /** `right` ends the text at `x`. */
  readonly align?: "left" | "right";
  /** Degrees by which the text is turned counter-clockwise around its start. */
  readonly angle?: number;
  /** Drawn without ink, as OCR layers are. */
  readonly invisible?: boolean;
}

/** A straight line between two points from the page's top left corner. */
export interface PdfLine {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly width?: number;
}

/** A rectangle: filled with a grey from 0 (black) to 1 (white), or stroked. */
export interface PdfRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill?: number;
}

/** A grey picture (one byte a pixel, rows from the top) and the place it is drawn at. */
export interface PdfImage {
  readonly pixels: Uint8Array;
  readonly columns: number;
  readonly rows: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A text field of a form with what is filled in, without an appearance of its own. */
export interface PdfField {
  readonly name: string;
  readonly value: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PdfPageDraft {
  /** Points; A4 when it is not said. */
  readonly width?: number;
  readonly height?: number;
  readonly rotate?: 0 | 90 | 180 | 270;
  readonly texts?: readonly PdfText[];
  readonly lines?: readonly PdfLine[];
  readonly rects?: readonly PdfRect[];
  readonly images?: readonly PdfImage[];
  readonly fields?: readonly PdfField[];
  /** Operators of a content stream, as they are, before everything else. */
  readonly content?: string;
}

export interface PdfDraft {
  readonly pages: readonly PdfPageDraft[];
  readonly title?: string;
  readonly attachments?: readonly { readonly name: string; readonly content: Uint8Array }[];
  readonly encryption?: PdfEncryption;
}

/** Protects a file: its /Encrypt dictionary, its first file identifier, and the cipher of an object's strings and streams. */
export interface PdfEncryption {
  readonly dictionary: string;
  readonly id: Uint8Array;
  readonly encrypt: (bytes: Uint8Array, object: number) => Uint8Array;
}

const A4 = { width: 595.28, height: 841.89 };

/** Characters of windows-1252 outside Latin-1 that invoices need (PDF 32000-1, annex D). */
const WIN_ANSI: Readonly<Record<string, number>> = {
  "€": 0x80,
  "‚": 0x82,
  "„": 0x84,
  "…": 0x85,
  Š: 0x8a,
  Œ: 0x8c,
  Ž: 0x8e,
  "‘": 0x91,
  "’": 0x92,
  "“": 0x93,
  "”": 0x94,
  "•": 0x95,
  "–": 0x96,
  "—": 0x97,
  "™": 0x99,
  š: 0x9a,
  œ: 0x9c,
  ž: 0x9e,
};

/** Advance widths of Helvetica in thousandths of its size, from the space to the tilde (Adobe's font metrics). */
const HELVETICA_WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const AVERAGE_WIDTH = 556;

/** Width in points of a text set in Helvetica. */
export function measureText(text: string, size: number): number {
  let width = 0;
  for (const character of text) {
    width += HELVETICA_WIDTHS[character.charCodeAt(0) - 0x20] ?? AVERAGE_WIDTH;
  }
  return (width * size) / 1000;
}

/** A dictionary or other object as PDF writes it; with `stream` its dictionary lacks only /Length. */
interface PdfObject {
  readonly body: string;
  readonly stream?: Uint8Array;
}

/** Collects a file's objects; numbers are given out before bodies are known. */
class ObjectList {
  readonly #objects: (PdfObject | null)[] = [];

  reserve(): number {
    return this.#objects.push(null);
  }

  set(number: number, object: PdfObject): void {
    this.#objects[number - 1] = object;
  }

  add(body: string, stream?: Uint8Array): number {
    const number = this.reserve();
    this.set(number, stream ? { body, stream } : { body });
    return number;
  }

  all(): readonly (PdfObject | null)[] {
    return this.#objects;
  }
}

/** Writes a PDF 1.7 file. Only the fonts that every reader has are used, so the file stays small. */
export function writePdf(draft: PdfDraft): Uint8Array {
  const objects = new ObjectList();
  const catalog = objects.reserve();
  const tree = objects.reserve();
  const fonts = {
    regular: objects.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"),
    bold: objects.add(
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ),
  };
  const fields: number[] = [];
  const kids = draft.pages.map((page) => addPage(objects, page, tree, fonts, fields));
  objects.set(tree, {
    body: `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map(reference).join(" ")}] >>`,
  });
  const form =
    fields.length === 0
      ? ""
      : ` /AcroForm << /Fields [${fields.map(reference).join(" ")}] /NeedAppearances true` +
        ` /DA (/F1 0 Tf 0 g) /DR << /Font << /F1 ${reference(fonts.regular)} >> >> >>`;
  const names = addAttachments(objects, draft.attachments ?? []);
  objects.set(catalog, { body: `<< /Type /Catalog /Pages ${reference(tree)}${form}${names} >>` });
  const info =
    draft.title === undefined ? null : objects.add(`<< /Title ${literal(draft.title, draft, objects)} >>`);
  return serialize(objects.all(), catalog, info, draft.encryption);
}

function addPage(
  objects: ObjectList,
  page: PdfPageDraft,
  tree: number,
  fonts: { regular: number; bold: number },
  fields: number[],
): number {
  const { width, height } = { ...A4, ...page };
  const images = (page.images ?? []).map((image) => addImage(objects, image));
  const content = objects.add("<< >>", latin1(contentOf(page, height)));
  const annotations = (page.fields ?? []).map((field) => addField(objects, field, height));
  fields.push(...annotations);
  const pictures = images.map((number, index) => `/I${index} ${reference(number)}`).join(" ");
  return objects.add(
    `<< /Type /Page /Parent ${reference(tree)} /MediaBox [0 0 ${width} ${height}] /Rotate ${page.rotate ?? 0}` +
      ` /Contents ${reference(content)} /Annots [${annotations.map(reference).join(" ")}]` +
      ` /Resources << /Font << /F1 ${reference(fonts.regular)} /F2 ${reference(fonts.bold)} >>` +
      ` /XObject << ${pictures} >> >> >>`,
  );
}

function contentOf(page: PdfPageDraft, height: number): string {
  const up = (y: number) => round(height - y);
  const parts = [page.content ?? ""];
  for (const { x, y, width, height: tall, fill } of page.rects ?? []) {
    const box = `${round(x)} ${up(y + tall)} ${round(width)} ${round(tall)} re`;
    parts.push(fill === undefined ? `q 0.6 w ${box} S Q` : `q ${fill} g ${box} f Q`);
  }
  for (const [index, { x, y, width, height: tall }] of (page.images ?? []).entries()) {
    parts.push(`q ${round(width)} 0 0 ${round(tall)} ${round(x)} ${up(y + tall)} cm /I${index} Do Q`);
  }
  for (const { from, to, width = 0.6 } of page.lines ?? []) {
    parts.push(`q ${width} w ${round(from[0])} ${up(from[1])} m ${round(to[0])} ${up(to[1])} l S Q`);
  }
  for (const text of page.texts ?? []) parts.push(textOperators(text, up));
  return parts.join("\n");
}

function textOperators(text: PdfText, up: (y: number) => number): string {
  const size = text.size ?? 10;
  const x = text.align === "right" ? text.x - measureText(text.text, size) : text.x;
  const turn = ((text.angle ?? 0) * Math.PI) / 180;
  const [cosine, sine] = [round(Math.cos(turn)), round(Math.sin(turn))];
  const font = text.bold ? "/F2" : "/F1";
  const mode = text.invisible ? " 3 Tr" : " 0 Tr";
  return (
    `BT ${font} ${size} Tf${mode} ${cosine} ${sine} ${-sine} ${cosine} ${round(x)} ${up(text.y)} Tm` +
    ` (${escapeText(text.text)}) Tj ET`
  );
}

function addImage(objects: ObjectList, image: PdfImage): number {
  return objects.add(
    `<< /Type /XObject /Subtype /Image /Width ${image.columns} /Height ${image.rows}` +
      " /ColorSpace /DeviceGray /BitsPerComponent 8 >>",
    image.pixels,
  );
}

function addField(objects: ObjectList, field: PdfField, height: number): number {
  const box = [field.x, height - field.y - field.height, field.x + field.width, height - field.y];
  return objects.add(
    `<< /Type /Annot /Subtype /Widget /FT /Tx /F 4 /T (${escapeText(field.name)})` +
      ` /V (${escapeText(field.value)}) /DA (/F1 10 Tf 0 g) /Rect [${box.map(round).join(" ")}] >>`,
  );
}

function addAttachments(
  objects: ObjectList,
  attachments: readonly { name: string; content: Uint8Array }[],
): string {
  if (attachments.length === 0) return "";
  const entries = attachments.map(({ name, content }) => {
    const file = objects.add("<< /Type /EmbeddedFile >>", content);
    return `(${escapeText(name)}) << /Type /Filespec /F (${escapeText(name)}) /EF << /F ${reference(file)} >> >>`;
  });
  return ` /Names << /EmbeddedFiles << /Names [${entries.join(" ")}] >> >>`;
}

function literal(text: string, draft: PdfDraft, objects: ObjectList): string {
  if (!draft.encryption) return `(${escapeText(text)})`;
  const number = objects.all().length + 1;
  return `<${hex(draft.encryption.encrypt(latin1(escapeText(text)), number))}>`;
}

/** Puts header, objects, cross-reference table and trailer together (PDF 32000-1, 7.5). */
function serialize(
  objects: readonly (PdfObject | null)[],
  catalog: number,
  info: number | null,
  encryption: PdfEncryption | undefined,
): Uint8Array {
  const parts: Uint8Array[] = [latin1("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n")];
  let length = parts[0]?.length ?? 0;
  const write = (bytes: Uint8Array) => {
    parts.push(bytes);
    length += bytes.length;
  };
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(length);
    const number = index + 1;
    const plain = object?.stream;
    const stream = plain && encryption ? encryption.encrypt(plain, number) : plain;
    const body = object?.body ?? "null";
    const head = stream ? body.replace(/ ?>>$/, ` /Length ${stream.length} >>`) : body;
    write(latin1(`${number} 0 obj\n${head}\n`));
    if (stream) {
      write(latin1("stream\n"));
      write(stream);
      write(latin1("\nendstream\n"));
    }
    write(latin1("endobj\n"));
  }
  const start = length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const id = encryption ? ` /ID [<${hex(encryption.id)}> <${hex(encryption.id)}>]` : "";
  const encrypt = encryption ? ` /Encrypt ${encryption.dictionary}` : "";
  const about = info === null ? "" : ` /Info ${reference(info)}`;
  write(
    latin1(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}` +
        `trailer\n<< /Size ${objects.length + 1} /Root ${reference(catalog)}${about}${id}${encrypt} >>\n` +
        `startxref\n${start}\n%%EOF\n`,
    ),
  );
  return join(parts, length);
}

const reference = (number: number) => `${number} 0 R`;
const round = (value: number) => Math.round(value * 100) / 100;
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function escapeText(text: string): string {
  const encoded = Array.from(text, (character) => {
    const code = WIN_ANSI[character] ?? character.charCodeAt(0);
    return String.fromCharCode(code < 256 ? code : 0x3f);
  }).join("");
  return encoded.replace(/[\\()]/g, String.raw`\$&`);
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
