import type { FieldSource, FieldSpec } from "../define.ts";
import type { LabelKey } from "../labels/label-key.ts";
import { type Choice, hitsOf } from "./choices.ts";
import { datesIn, findDateField } from "./date-fields.ts";
import type { DraftValue } from "./draft.ts";
import { dueFromTerms } from "./due-dates.ts";
import { cite } from "./evidence.ts";
import { findIdentifiers } from "./identifier-fields.ts";
import { findCardDigits, findPaymentMethod, findTime } from "./payment.ts";
import { placesOf } from "./places.ts";
import type { Reading } from "./reading.ts";
import { readConfidence, textOf } from "./view.ts";

/** The single values of a document type, each from its best candidate above its threshold. */
export function readFields(reading: Reading, specs: readonly FieldSpec[]): DraftValue[] {
  const values = specs.flatMap((spec) => {
    const choices = choicesOf(reading, spec.source);
    const best = choices[0];
    if (!best || best.score < spec.threshold) return [];
    const rival = choices[1]?.score ?? 0;
    const clear = rival > best.score * 0.9 ? 0.85 : 1;
    return [draftOf(spec.pointer, best, clear)];
  });
  return [...values, ...derivedDue(reading, specs, values)];
}

/** A due date that only the terms of payment give. */
function derivedDue(
  reading: Reading,
  specs: readonly FieldSpec[],
  values: readonly DraftValue[],
): DraftValue[] {
  const wanted = specs.some((spec) => spec.pointer === "/due_date");
  const issued = values.find((value) => value.pointer === "/invoice_date");
  if (!wanted || !issued || issued.confidence < 0.5 || values.some((value) => value.pointer === "/due_date"))
    return [];
  const due = dueFromTerms(reading, String(issued.value));
  if (!due) return [];
  const cited = [...due.pieces.map((piece) => cite(piece)), ...issued.cited];
  return [{ pointer: "/due_date", value: due.value, cited, confidence: due.score, derived: true }];
}

function draftOf(pointer: string, choice: Choice<string>, clear: number): DraftValue {
  return {
    pointer,
    value: choice.value,
    cited: choice.pieces.map((piece) => cite(piece)),
    confidence: Math.min(0.97, choice.score * clear),
  };
}

function choicesOf(reading: Reading, source: FieldSource): Choice<string>[] {
  switch (source.kind) {
    case "identifier":
      return findIdentifiers(reading, source);
    case "date":
      return findDateField(reading, source);
    case "period":
      return findPeriod(reading, source.keys, source.end);
    case "text":
      return findTexts(reading, source.keys, source.maxLength);
    case "time":
      return findTime(reading);
    case "payment_method":
      return findPaymentMethod(reading);
    case "card_last4":
      return findCardDigits(reading);
    case "incoterms":
      return findIncoterms(reading);
  }
}

/** `01.10.2018 bis 31.10.2018`: two dates behind one label. */
function findPeriod(reading: Reading, keys: readonly LabelKey[], end: "first" | "last"): Choice<string>[] {
  const found: Choice<string>[] = [];
  for (const hit of hitsOf(reading, keys)) {
    for (const place of placesOf(reading, hit)) {
      const dates = datesIn(reading, place.piece);
      const date = end === "first" ? dates[0] : dates[dates.length - 1];
      if (dates.length !== 2 || !date || place.relation === "above") continue;
      found.push({ value: date.iso, pieces: [date.piece], score: hit.quality * place.weight });
    }
  }
  return found.sort((a, b) => b.score - a.score);
}

function findTexts(reading: Reading, keys: readonly LabelKey[], maxLength: number): Choice<string>[] {
  const found: Choice<string>[] = [];
  for (const hit of hitsOf(reading, keys)) {
    if (reading.headerRows.has(hit.piece.segment.row)) continue;
    for (const place of placesOf(reading, hit)) {
      const text = textOf(place.piece).trim();
      const labelled = (reading.labels.get(place.piece.segment) ?? []).some(
        (other) =>
          other !== hit &&
          other.piece.start <= place.piece.start &&
          other.piece.end > place.piece.start &&
          other.colon,
      );
      if (
        place.relation === "above" ||
        labelled ||
        text.length > maxLength ||
        text.length < 2 ||
        !/\p{L}/u.test(text)
      )
        continue;
      if (/:\s*$/.test(text)) continue;
      found.push({
        value: text,
        pieces: [place.piece],
        score: hit.quality * place.weight * (0.7 + 0.3 * readConfidence(place.piece)),
      });
    }
  }
  return found.sort((a, b) => b.score - a.score);
}

const INCOTERM = /(?<![\p{L}])(EXW|FCA|FAS|FOB|CFR|CIF|CPT|CIP|DAP|DPU|DAT|DDP|DDU)(?![\p{L}])/u;

function findIncoterms(reading: Reading): Choice<string>[] {
  const found: Choice<string>[] = [];
  for (const hit of hitsOf(reading, ["incoterms"])) {
    for (const place of placesOf(reading, hit)) {
      const match = INCOTERM.exec(textOf(place.piece));
      const code = match?.[1];
      if (!match || !code || place.relation === "above") continue;
      const start = place.piece.start + match.index;
      found.push({
        value: code,
        pieces: [{ segment: place.piece.segment, start, end: start + code.length }],
        score: hit.quality * place.weight,
      });
    }
  }
  return found.sort((a, b) => b.score - a.score);
}
