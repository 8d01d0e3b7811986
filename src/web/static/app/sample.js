/** @typedef {{ x: number, y: number, text: string, size?: number, bold?: boolean, right?: boolean }} Print */

const LINES = /** @type {const} */ ([
  ["Field survey, two engineers", "3", "640.00", "1,920.00"],
  ["Drone imagery, 4 sites", "4", "185.50", "742.00"],
  ["Report and georeferenced maps", "1", "1,150.00", "1,150.00"],
]);

/** An invoice of a company that does not exist, written as a PDF by the page itself. */
export function makeSampleInvoice() {
  const bytes = new TextEncoder().encode(writePdf(drawInvoice()));
  return new File([bytes], "sample-invoice.pdf", { type: "application/pdf" });
}

/** @returns {Print[]} */
function drawInvoice() {
  /** @type {Print[]} */
  const prints = [
    { x: 56, y: 80, text: "Harbour & Finch Surveying Ltd", size: 17, bold: true },
    { x: 56, y: 99, text: "18 Quayside Lane, Bristol BS1 4QD, United Kingdom", size: 9 },
    { x: 56, y: 112, text: "accounts@harbourfinch.example   VAT GB 980 7806 84", size: 9 },
    { x: 539, y: 82, text: "INVOICE", size: 20, right: true },
    { x: 56, y: 168, text: "Bill to", size: 9, bold: true },
    { x: 56, y: 184, text: "Meridian Wind Farms plc" },
    { x: 56, y: 198, text: "Attn. Accounts Payable" },
    { x: 56, y: 212, text: "7 Carlton Terrace" },
    { x: 56, y: 226, text: "Edinburgh EH7 5DR" },
  ];
  const facts = [
    ["Invoice number:", "HF-2026-0417"],
    ["Invoice date:", "12 October 2026"],
    ["Due date:", "11 November 2026"],
    ["Purchase order:", "PO-77120"],
  ];
  facts.forEach(([label = "", value = ""], index) => {
    prints.push(
      { x: 350, y: 170 + index * 17, text: label },
      { x: 539, y: 170 + index * 17, text: value, right: true },
    );
  });
  /** @param {number} y @param {readonly string[]} cells @param {boolean} bold */
  const row = (y, [description = "", quantity = "", price = "", amount = ""], bold) => {
    prints.push(
      { x: 62, y, text: description, bold },
      { x: 360, y, text: quantity, bold, right: true },
      { x: 450, y, text: price, bold, right: true },
      { x: 533, y, text: amount, bold, right: true },
    );
  };
  row(286, ["Description", "Quantity", "Unit price", "Amount"], true);
  LINES.forEach((cells, index) => row(312 + index * 22, cells, false));
  const sums = [
    ["Subtotal", "3,812.00"],
    ["VAT 20%", "762.40"],
    ["Total GBP", "4,574.40"],
  ];
  sums.forEach(([label = "", value = ""], index) => {
    const y = 400 + index * 19;
    const bold = index === 2;
    prints.push({ x: 380, y, text: label, bold }, { x: 533, y, text: value, bold, right: true });
  });
  prints.push(
    { x: 56, y: 500, text: "Payment terms: 30 days net. Please quote the invoice number.", size: 9 },
    { x: 56, y: 514, text: "IBAN GB29 NWBK 6016 1331 9268 19   BIC NWBKGB2L", size: 9 },
  );
  return prints;
}

/** Advance widths of Helvetica in thousandths (Adobe's metrics), for the characters that are set flush right. */
const WIDTHS = /** @type {Record<string, number>} */ ({
  ...Object.fromEntries(Array.from("0123456789").map((digit) => [digit, 556])),
  " ": 278,
  ",": 278,
  ".": 278,
  "-": 333,
  "/": 278,
  "%": 889,
  ":": 278,
  A: 667,
  B: 667,
  C: 722,
  D: 722,
  E: 667,
  F: 611,
  H: 722,
  I: 278,
  N: 722,
  O: 778,
  P: 667,
  Q: 778,
  U: 722,
  V: 667,
  a: 556,
  b: 556,
  c: 500,
  e: 556,
  i: 222,
  m: 833,
  n: 556,
  o: 556,
  p: 556,
  r: 333,
  t: 278,
  u: 556,
  v: 500,
  y: 500,
});

/**
 * Writes text at places counted from the top left of an A4 page, in points, as a PDF 1.4 file.
 * @param {Print[]} prints
 */
function writePdf(prints) {
  const text = prints.map(({ x, y, text, size = 10.5, bold = false, right = false }) => {
    const width =
      Array.from(text).reduce((sum, character) => sum + (WIDTHS[character] ?? 556), 0) * (size / 1000);
    const left = (right ? x - width : x).toFixed(2);
    const escaped = text.replaceAll(/[\\()]/g, (character) => `\\${character}`);
    return `BT /${bold ? "F2" : "F1"} ${size} Tf ${left} ${842 - y} Td (${escaped}) Tj ET`;
  });
  const rules = [268, 294, 380].map((y) => `0.6 w 0.7 G 56 ${842 - y} m 539 ${842 - y} l S`);
  const content = [...rules, ...text].join("\n");
  const font = "<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding /BaseFont /Helvetica";
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    `${font} >>`,
    `${font}-Bold >>`,
  ];
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  return `${file}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
}
