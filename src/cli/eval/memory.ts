import { createEmbeddedEngine } from "../../extract/engine/embedded.ts";
import { applyCorrections } from "../../extract/corrections/apply-corrections.ts";
import { fingerprint } from "../../extract/memory/fingerprint.ts";
import { learn } from "../../extract/memory/learn.ts";
import { BuiltInType, extractors } from "../../extract/registry.ts";
import type { DocumentType, Extraction } from "../../model/extraction.ts";
import { DocumentId } from "../../model/ids.ts";
import { valueAt } from "../../model/json-pointer.ts";
import type { Lesson } from "../../model/lesson.ts";
import type { ParsedDocument } from "../../model/parsed.ts";
import { leavesOf, scalarText } from "../leaves.ts";
import { Progress, table } from "../terminal.ts";
import { agrees, type Comparison } from "./normalise.ts";
import { keptLayout } from "./readings.ts";
import type { TruthRow } from "./truth.ts";

const TEACHER = DocumentId.parse(`doc_00_${"0".repeat(32)}`);
const engine = createEmbeddedEngine();

/** How a field that was corrected in a vendor's first document came out in the next one. */
interface Outcome {
  readonly row: TruthRow;
  readonly pointer: string;
  readonly truth: string;
  /** What the engine gave by itself, and with what it had learned. */
  readonly before: string | null;
  readonly after: string | null;
  readonly rightBefore: boolean;
  readonly rightAfter: boolean;
  readonly source: string | null;
}

/** What one correction is worth: figures over pairs of documents of one issuer and layout. */
export interface MemoryReport {
  readonly pairs: number;
  readonly outcomes: readonly Outcome[];
  /** Values of the next documents that nobody corrected: right before and wrong with memory, or the other way. */
  readonly harmed: number;
  readonly helped: number;
}

interface Pair {
  readonly first: TruthRow;
  readonly second: TruthRow;
}

/** Each two documents of one issuer, layout and type that follow each other. */
function pairsOf(rows: readonly TruthRow[]): Pair[] {
  const groups = new Map<string, TruthRow[]>();
  for (const row of rows) {
    if (!row.issuer || !row.layout || !row.data) continue;
    const key = JSON.stringify([row.type, row.layout, row.issuer]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) =>
    group.slice(1).flatMap((second, at) => {
      const first = group[at];
      return first ? [{ first, second }] : [];
    }),
  );
}

/** Single values of the truth; those in lists are different ones on each paper. */
function fieldsOf(row: TruthRow): { pointer: string; truth: string }[] {
  return leavesOf(row.data ?? {}).flatMap(({ pointer, value }) =>
    typeof value === "string" && (!/\/\d+(?:\/|$)/.test(pointer) || pointer.startsWith("/bank_accounts/0/"))
      ? [{ pointer, truth: value }]
      : [],
  );
}

function comparisonOf(pointer: string, truth: string): Comparison {
  if (/^\d{4}-\d{2}-\d{2}$/.test(truth)) return "date";
  if (/^-?\d+\.\d{2}$/.test(truth)) return "money";
  return /number|_id$|iban|bic|reference|postal/.test(pointer) ? "identifier" : "name";
}

function givenAt({ data }: Extraction, pointer: string): string | null {
  return scalarText(valueAt(data, pointer));
}

function isRight(pointer: string, truth: string, given: string | null): boolean {
  return given !== null && agrees(comparisonOf(pointer, truth), truth, given);
}

/**
 * Measures the memory: of each pair the engine reads the first document, each of its wrong or missing values is
 * corrected by itself, and the second one is read with that one lesson. With `everything`, values that were right
 * are corrected too, and the engine's own choice for them is left out of the second reading: what memory knows alone.
 */
export async function measureMemory(
  rows: readonly TruthRow[],
  { root, folder, everything }: { root: string; folder: string; everything: boolean },
): Promise<MemoryReport> {
  const pairs = pairsOf(rows);
  const progress = new Progress("taught", pairs.length);
  const outcomes: Outcome[] = [];
  const counts = { pairs: 0, harmed: 0, helped: 0 };
  for (const { first, second } of pairs) {
    const [one, other] = [await keptLayout(folder, first, root), await keptLayout(folder, second, root)];
    const type = BuiltInType.safeParse(first.type);
    progress.step(second.file);
    if (!one || !other || !type.success) continue;
    counts.pairs += 1;
    const read = await engine.extract(one, type.data);
    const before = await engine.extract(other, type.data);
    const truths = new Map(fieldsOf(second).map(({ pointer, truth }) => [pointer, truth]));
    const lessons: Lesson[] = [];
    for (const { pointer, truth } of fieldsOf(first)) {
      const wrong = !isRight(pointer, truth, givenAt(read, pointer));
      if (!wrong && !everything) continue;
      const taught = teach(one, type.data, read, pointer, truth);
      if (wrong) lessons.push(...taught);
      const expected = truths.get(pointer);
      if (expected === undefined) continue;
      const after = await readWith(other, type.data, taught);
      const fromMemory = after.evidence[pointer]?.source === "memory";
      const same = givenAt(after, pointer) === givenAt(before, pointer);
      const given = everything && !fromMemory && !same ? null : givenAt(after, pointer);
      outcomes.push({
        row: second,
        pointer,
        truth: expected,
        before: givenAt(before, pointer),
        after: given,
        rightBefore: isRight(pointer, expected, givenAt(before, pointer)),
        rightAfter: isRight(pointer, expected, given),
        source: after.evidence[pointer]?.source ?? null,
      });
    }
    const all = await readWith(other, type.data, lessons);
    const corrected = new Set(lessons.map(({ pointer }) => pointer));
    for (const [pointer, truth] of truths) {
      if (corrected.has(pointer)) continue;
      const was = isRight(pointer, truth, givenAt(before, pointer));
      const is = isRight(pointer, truth, givenAt(all, pointer));
      if (was && !is) counts.harmed += 1;
      if (!was && is) counts.helped += 1;
    }
  }
  progress.clear();
  return { ...counts, outcomes };
}

function teach(
  parsed: ParsedDocument,
  type: DocumentType,
  read: Extraction,
  pointer: string,
  truth: string,
): Lesson[] {
  try {
    const { schema } = extractors[type];
    const wrong = { data: read.data, evidence: read.evidence };
    const corrected = applyCorrections(wrong, [{ pointer, value: truth }], {
      schema,
      parsed,
      by: "correction",
    });
    return learn(
      { parsed, type, extractor: null, id: TEACHER, data: corrected.data, nowMs: 0 },
      corrected.taught,
    );
  } catch {
    // A truth that the schema refuses cannot be corrected either.
    return [];
  }
}

/** The second document as the platform would read it: with the lessons that its own keys lead to. */
async function readWith(
  parsed: ParsedDocument,
  type: DocumentType,
  lessons: readonly Lesson[],
): Promise<Extraction> {
  const keys = new Set(fingerprint(parsed));
  const led = lessons.filter((lesson) => lesson.keys.some((key) => keys.has(key)));
  return engine.extract(parsed, type, { lessons: led });
}

function share(part: number, whole: number): string {
  return whole === 0 ? "-" : (part / whole).toFixed(3);
}

/** The figures as tables: all, unseen layouts, and each field. */
export function printMemory({ pairs, outcomes, harmed, helped }: MemoryReport): string {
  const line = (name: string, some: readonly Outcome[]): string[] => [
    name,
    String(some.length),
    share(some.filter(({ rightBefore }) => rightBefore).length, some.length),
    share(some.filter(({ rightAfter }) => rightAfter).length, some.length),
  ];
  const pointers = [...new Set(outcomes.map(({ pointer }) => pointer))].toSorted();
  const unseen = outcomes.filter(({ row }) => row.unseen === true);
  return [
    `${pairs} pairs of documents of one issuer and layout`,
    table(
      ["corrected", "values", "right before", "right after"],
      [
        line("all layouts", outcomes),
        line("unseen layouts", unseen),
        ...pointers.map((pointer) =>
          line(
            pointer,
            outcomes.filter((one) => one.pointer === pointer),
          ),
        ),
      ],
    ),
    `values that nobody corrected: ${helped} put right, ${harmed} put wrong`,
  ].join("\n\n");
}

/** The corrected values that came out wrong again. */
export function memoryMistakes({ outcomes }: MemoryReport): string {
  return table(
    ["file", "field", "truth", "before", "after", "source"],
    outcomes
      .filter(({ rightAfter }) => !rightAfter)
      .map(({ row, pointer, truth, before, after, source }) =>
        [row.file, pointer, truth, before ?? "", after ?? "", source ?? ""].map((text) =>
          text.replaceAll("\n", " / ").slice(0, 60),
        ),
      ),
  );
}
