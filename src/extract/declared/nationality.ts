import { foldText } from "../../model/fold.ts";
import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import type { Reading } from "../engine/reading.ts";
import { type Piece, readConfidence, trimPiece, wholePiece } from "../engine/view.ts";

/** How countries and their people are called, by the code that the zone has (ICAO 9303-3): folded beginnings. */
const STEMS: Readonly<Record<string, string>> = {
  D: "german deutsch allemand aleman tedesc duits niem tysk saksa nemeck",
  DEU: "german deutsch allemand aleman tedesc duits niem tysk saksa nemeck",
  FRA: "french francais franzos franc fransk ransk",
  ITA: "ital",
  ESP: "spanish spain espan espagn spani spansk hiszp",
  PRT: "portug",
  NLD: "dutch nederl niederl neerland netherl holand oland",
  BEL: "belg",
  LUX: "luxem lussem",
  AUT: "austri osterr autrich oostenr",
  CHE: "swiss schweiz suiss svizz suiz zwits",
  POL: "polish poland pol",
  SWE: "swed svensk schwed sued sver zweed",
  DNK: "danish dan denmark",
  NOR: "norw norsk norg noruega",
  FIN: "finn finl suom",
  CZE: "czech cesk tschech tchequ checa",
  SVK: "slovak slovens slowak",
  HUN: "hungar magyar ungar hongr",
  ROU: "roman ruman",
  IRL: "irish ireland irland irisch irlandes",
  GBR: "british brit united_kingdom royaume",
  USA: "united_states american amerik us-amerik etats-unis estados_unidos",
  CAN: "canad kanad",
  MEX: "mexic mexik",
  BRA: "brazil brasil",
  ARG: "argent",
  AUS: "austral",
  NZL: "new_zealand",
  IND: "indian india indisch indien",
  CHN: "chin",
  JPN: "japan japon",
  TUR: "turk turc",
  UKR: "ukrain",
  GRC: "greek greece griech grec",
};
const MAX_TEXT = 30;

/** The nationality as printed, where the machine-readable zone says which it is and no known label announces it. */
export function nationalityOf(
  reading: Reading,
  code: string,
  known: readonly DraftValue[],
): DraftValue | null {
  const stems = (STEMS[code] ?? "")
    .split(" ")
    .filter(Boolean)
    .map((stem) => stem.replace("_", " "));
  const cited = new Set(
    known.flatMap(({ cited }) => cited.flatMap(({ page, words }) => words.map((word) => `${page}:${word}`))),
  );
  for (const segment of reading.view.segments) {
    if (segment.words.some((word) => cited.has(`${segment.page.number}:${word}`))) continue;
    const piece = lastWords(wholePiece(segment));
    const text = foldText(segment.text.slice(piece.start, piece.end));
    if (text.length > MAX_TEXT || /[<\d]/.test(text)) continue;
    if (text !== code.toLowerCase() && !stems.some((stem) => text.startsWith(stem))) continue;
    return {
      pointer: "/nationality",
      value: segment.text.slice(piece.start, piece.end),
      cited: [cite(piece)],
      confidence: 0.8 * readConfidence(piece),
    };
  }
  return null;
}

function lastWords(piece: Piece): Piece {
  const colon = piece.segment.text.lastIndexOf(":");
  return trimPiece({ ...piece, start: colon < 0 ? piece.start : colon + 1 });
}
