import type { FieldWeights } from "../../extract/scorer/forest.ts";
import { type Figures, reliabilityOf } from "./figures.ts";
import type { Verdict } from "./validate.ts";

/** What the card says of one field. */
export interface CardField {
  readonly weights: FieldWeights;
  readonly figures: readonly Figures[];
  readonly verdicts: readonly Verdict[];
  readonly bytes: number;
}

/** What the card says of one source: its documents, and how many issuers (groups) they are of. */
export interface CardSource {
  readonly name: string;
  readonly documents: number;
  readonly groups: number;
}

export const FIGURE_HEAD = [
  "field",
  "source",
  "words",
  "documents",
  "rules",
  "scorer",
  "95 %",
  "readable",
  "candidate",
  "selected",
  "wrong of given",
  "ECE",
] as const;

/** A field's figures as rows of the table above. */
export function figureRows(field: string, figures: readonly Figures[]): string[][] {
  return figures.map((one) => [
    field,
    one.source,
    one.medium,
    String(one.documents),
    percent(one.rules),
    percent(one.scorer),
    `${percent(one.interval[0])}-${percent(one.interval[1])}`,
    percent(one.readable),
    percent(one.candidate),
    percent(one.selected),
    percent(one.wrong),
    one.ece.toFixed(3),
  ]);
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}

/** The card that stands beside a field's weights: how they were made, of what, and how they do. */
export function writeCard(
  { weights, figures, verdicts, bytes }: CardField,
  sources: readonly CardSource[],
  folds: number,
): string {
  const { field, features, trees, threshold } = weights;
  const list = sources.map(
    ({ name, documents, groups }) => `- ${name}: ${documents} documents of ${groups} groups`,
  );
  const rows = figureRows(field, figures).map((row) => row.slice(1));
  const bins = reliabilityOf(verdicts).map(
    (bin) =>
      `| ${bin.from.toFixed(1)}-${(bin.from + 0.1).toFixed(1)} | ${bin.values} | ${bin.confidence.toFixed(3)} | ${bin.right.toFixed(3)} |`,
  );
  return `${[
    `# Weights of ${field}`,
    "",
    "Made by `npm run train`; do not edit. The same data gives the same files.",
    "",
    `${trees.length} boosted regression trees over ${features.length} features score the field's candidates by what stands around`,
    'them; a softmax over a document\'s candidates and "none of them" makes probabilities, and a logistic calibration of the',
    "chosen one's, with the reader's confidence in its words, makes the confidence.",
    `Below ${threshold} no value is given. ${Math.round(bytes / 1024)} KB.`,
    "",
    "## Data",
    "",
    ...list,
    "",
    "Sources weigh the same, and a group weighs with the square root of its documents. A group is an issuer, or issuers",
    "whose name begins alike or who share an address. `words` are typed by people or a file's own text; `misread` the",
    "same with letters mistaken, words split, joined and lost as readers of pictures do; `unknown` the same with words of labels made",
    "senseless, so that wordings no lexicon lists are survived; `read` what OCR gave.",
    "",
    "## Figures",
    "",
    `Percent, cross-validated in ${folds} parts: no document is tested by weights that have seen its group. *rules*: right without`,
    "the scorer; *scorer*: given and right; *readable*: the truth stands in the words that were read; *candidate*: it is among",
    "the candidates; *selected*: of those, chosen. *ECE*: expected calibration error of the values given.",
    "",
    `| ${FIGURE_HEAD.slice(1).join(" | ")} |`,
    `|${" --- |".repeat(FIGURE_HEAD.length - 1)}`,
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
    "## Calibration",
    "",
    "Every chosen value, those below the threshold too.",
    "",
    "| confidence | values | mean | right |",
    "| --- | --- | --- | --- |",
    ...bins,
  ].join("\n")}\n`;
}
