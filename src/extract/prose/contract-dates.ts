import type { DraftValue } from "../engine/draft.ts";
import { findProseDates, type ProseDate } from "./dates.ts";
import { preambleOf } from "./contract-parties.ts";
import { citeStretch, type Prose, readConfidence } from "./prose.ts";

type DateField = "effective_date" | "execution_date" | "expiration_date" | "renewal_date";

interface Cue {
  readonly field: DateField;
  /** On folded text that ends where the date begins; the nearer its match to the date, the better. */
  readonly before?: RegExp;
  /** On folded text that begins where the date ends. */
  readonly behind?: RegExp;
  readonly weight: number;
}

const CUES: readonly Cue[] = [
  {
    field: "effective_date",
    weight: 0.9,
    before:
      /\b(?:effective (?:as of|date|on|from)|with effect (?:from|as of|on)|(?:commenc|beginn|start)(?:ing|e|es)?(?: date)?(?: on| from)?|commencement(?: date)?|tak(?:e|es|ing) effect|(?:come|comes|enter|enters|entering) into (?:force|effect|operation)|(?:runs?|running|lasts?|valid|binding|appl(?:y|ies)|operates?|stands?) from|as from|(?:be|is|becomes?) (?:effective|operative|binding|active|applicable|valid)(?: on| from| as of)?|inception|counted from|opens? on|(?:be|is) in force (?:from|as of)|in force from|term .{0,30}(?:from|begin)|tritt (?:am|zum|mit)?|in kraft|inkrafttreten|beginnt?(?: am| zum| mit dem)?|beginn|mit wirkung (?:vom|ab|zum)|ab dem|laufzeit .{0,20}(?:vom|ab)|gultig (?:ab|vom)|gilt (?:ab|vom|seit)|wirksam (?:ab|zum|am)|(?:lauft|gerechnet) (?:ab|vom)|ab|prend(?:ra)? effet|date d'effet|entre(?:ra)? en vigueur|entree en vigueur|a compter du|debut(?:e|era)?|prise d'effet|entrar?a? en vigor|entrada en vigor|con efectos?(?: desde| a partir)?|surtira efectos?|a partir del?|desde el|inici[oa](?:ra)?|comenzara|comienza|comenzando|fecha de (?:inicio|efecto))\b[^.;\n]{0,40}$/,
  },
  {
    field: "effective_date",
    weight: 0.98,
    behind: /^\s*[,]?\s*\([^)]{0,40}(?:effective|commencement|start|inkraft|d'effet|de efecto|vigor)/,
  },
  {
    field: "execution_date",
    weight: 0.85,
    before:
      /\b(?:(?:made|entered|executed|signed|dated|concluded|given)(?: and (?:entered|delivered|executed|made))?(?: into)?(?:(?: by and)? between.{0,60})?(?: on| this| as of| at .{0,40})?|dated?|date of (?:signature|this agreement|signing|execution)|execution date|signature date|agreement date|this|in witness whereof.{0,120}|geschlossen|unterzeichnet(?: am)?|unterzeichnung|abgeschlossen|ort,? datum|datum|fait a .{0,40}|conclu(?:e)? (?:le|a)|signe(?:e)?(?: a .{0,30})?(?: le)?|en date du|convenu(?: ce jour)?(?: le)?|reunidos(?: en .{0,30})?,?(?: a| el)?|firmad[oa]|celebrad[oa]|suscrit[oa]|suscriben|en (?:la ciudad de )?[a-z .]{3,30},? a|fecha de firma|reunidos en .{0,30})\b[^.;\n]{0,30}$/,
  },
  {
    field: "execution_date",
    weight: 0.8,
    behind: /^[^.;\n]{0,50}\b(?:folgende[rn]? vertrag|geschlossen|vereinbart|unterzeichnet)\b/,
  },
  {
    field: "execution_date",
    weight: 0.7,
    before: /(?:^|\n)\s*(?:in )?\p{L}[\p{L} -]{2,30}, (?:den|le|a|am) $/u,
  },
  {
    field: "expiration_date",
    weight: 0.9,
    before:
      /\b(?:expir(?:es?|ation|y|ing)(?: date)?(?: on)?|terminat(?:es?|ing|ion date)(?: on)?|end(?:s|ing)?(?: date)?(?: on)?|until|through|thru|up to|no later than|to and including|valid (?:until|through)|lapses?(?: on)?|ceases?(?: to .{0,30})?(?: on)?|come[s]? to an end(?: on)?|(?:runs?|lasts?) (?:to|until|till)|till|no longer than|endet?(?: am| mit| zum)?|ende der laufzeit|vertragsende|bis(?: zum| einschliesslich| einschlieslich)?|lauft .{0,20}(?:bis|aus)|endigt|erlischt|lauft ab|auslaufen|befristet bis|prend(?:ra)? fin|jusqu'au|expire(?:ra)?(?: le)?|echeance|date de fin|au plus tard le|hasta(?: el)?|finaliza(?:ra)?(?: el)?|terminara|vencimiento|vence(?:ra)?(?: el)?|fecha de (?:fin|terminacion|finalizacion)|expira(?:ra)?)\b[^.;\n]{0,40}$/,
  },
  {
    field: "renewal_date",
    weight: 0.85,
    before:
      /\b(?:renew(?:al|s|ed)?(?: date)?(?: on)?|verlanger(?:t|ung)(?: sich)?|erneuer\w+|reconduction|renouvel\w+|renov\w+|prorrog\w+|prolong\w+)\b[^.;\n]{0,40}$/,
  },
];

interface Choice {
  readonly date: ProseDate;
  readonly score: number;
}

const CONTEXT = 140;
const THRESHOLD = 0.55;

/** The dates of a contract by what the words around them say. */
export function draftContractDates(prose: Prose, dayFirst: boolean | null): DraftValue[] {
  const best = new Map<DateField, Choice>();
  const rivals = new Map<DateField, Set<string>>();
  for (const date of findProseDates(prose.text, dayFirst)) {
    const choice = judge(prose, date);
    if (!choice) continue;
    const known = best.get(choice.field);
    if (!known || choice.score > known.score) best.set(choice.field, { date, score: choice.score });
    if (choice.score >= THRESHOLD)
      rivals.set(choice.field, (rivals.get(choice.field) ?? new Set()).add(date.iso));
  }
  firstDate(prose, dayFirst, best);
  leftDate(prose, dayFirst, best);
  return [...best].flatMap(([field, { date, score }]) => {
    if (score < THRESHOLD) return [];
    const contradicted = (rivals.get(field)?.size ?? 1) > 1;
    const sure = score * readConfidence(prose, date) * (date.certain ? 1 : 0.85) * (contradicted ? 0.65 : 1);
    return [
      {
        pointer: `/${field}`,
        value: date.iso,
        cited: citeStretch(prose, date),
        confidence: sure,
        ...(contradicted ? { contradicted } : {}),
      },
    ];
  });
}

/** Where no words say when it was made: the date that stands with the parties, before the first clause. */
function firstDate(prose: Prose, dayFirst: boolean | null, best: Map<DateField, Choice>): void {
  if (best.has("execution_date")) return;
  const head = prose.text.slice(0, Math.min(2_500, preambleOf(prose).end));
  const dates = findProseDates(head, dayFirst).filter((date) => judge(prose, date) === null);
  const [date] = dates;
  if (
    date &&
    dates.length === 1 &&
    !/\b(?:born|geb|ne|nee|nacid\w*)\b[^.]{0,25}$/.test(
      prose.folded.slice(Math.max(0, date.start - 40), date.start),
    )
  )
    best.set("execution_date", { date, score: 0.58 });
}

/** The one date that is left over and lies between signing and end is the beginning. */
function leftDate(prose: Prose, dayFirst: boolean | null, best: Map<DateField, Choice>): void {
  if (best.has("effective_date")) return;
  const used = new Set([...best.values()].map(({ date }) => date.iso));
  const left = findProseDates(prose.text, dayFirst).filter(
    (date) => !used.has(date.iso) && judge(prose, date) === null,
  );
  const [date] = left;
  if (!date || new Set(left.map(({ iso }) => iso)).size > 1) return;
  const signed = best.get("execution_date")?.date.iso ?? null;
  const end = best.get("expiration_date")?.date.iso ?? null;
  const since = signed === null ? 0 : (Date.parse(date.iso) - Date.parse(signed)) / 86_400_000;
  if ((signed === null && end === null) || since < 0 || since > 190 || (end !== null && date.iso >= end))
    return;
  best.set("effective_date", { date, score: 0.58 });
}

/** What a date is, and how sure: the cue that stands nearest decides. */
function judge(prose: Prose, date: ProseDate): { field: DateField; score: number } | null {
  const before = prose.folded.slice(Math.max(0, date.start - CONTEXT), date.start);
  const behind = prose.folded.slice(date.end, date.end + 80);
  let best: { field: DateField; score: number } | null = null;
  let nearest = Infinity;
  for (const cue of CUES) {
    const match = cue.before ? cue.before.exec(before) : (cue.behind?.exec(behind) ?? null);
    if (!match) continue;
    const distance = cue.before ? lastCueDistance(cue.before, before) : 0;
    if (distance > nearest) continue;
    nearest = distance;
    best = { field: cue.field, score: cue.weight - 0.003 * distance };
  }
  if (!best || best.field !== "execution_date") return best;
  // "is made as of 1 May (the Effective Date)" is settled above; a statute's or another contract's date is neither.
  const foreign =
    /\b(?:act|law|regulation|directive|gesetz|verordnung|loi|ley|decree|born|geboren|nee? le|nacid)\b[^.]{0,30}$/.test(
      before,
    );
  return foreign ? null : best;
}

/** Characters between a cue's last possible beginning and the date. */
function lastCueDistance(cue: RegExp, before: string): number {
  let distance = before.length;
  for (let at = 0; ;) {
    const match = cue.exec(before.slice(at));
    if (!match) return distance;
    at += match.index + 1;
    distance = before.length - at;
  }
}
