import type { DraftValue } from "../engine/draft.ts";
import { foldInPlace } from "./fold-in-place.ts";
import { dollarOf } from "./dollars.ts";
import { findProseMoney } from "./money.ts";
import {
  citeStretch,
  printedValue,
  type Prose,
  readConfidence,
  type Stretch,
  textAt,
  trimStretch,
} from "./prose.ts";

const NUMBER_WORD = String.raw`(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|thirty|forty|fifty|sixty|ninety|hundred|ein\w{0,2}|zwei|drei|vier|funf|sechs|acht|neun|zehn|zwolf|vierzehn|dreis+ig|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente|soixante|un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte|treinta|sesenta|noventa)`;
const COUNT = String.raw`(?:(?:${NUMBER_WORD}(?:[- ]${NUMBER_WORD})?|\d+)\s*\(\s*(?:\d+|${NUMBER_WORD}(?:[- ]${NUMBER_WORD})?)\s*\)|\b\d+|${NUMBER_WORD}(?:-${NUMBER_WORD})?)`;
const UNIT = String.raw`(?:(?:calendar|business|full|consecutive|working|kalender|volle[nr]?|dias?)?\s*(?:days?|weeks?|months?|years?|tage?n?|wochen?|monate?n?s?|jahre?n?s?|jours?|semaines?|mois|ans?|annees?|dias?|semanas?|meses|mes|anos?)\b)`;
/** A count and a unit of time, on folded text. */
export const DURATION = String.raw`\b${COUNT}[\s-]+${UNIT}`;

interface Slot {
  readonly pattern: RegExp;
  readonly confidence: number;
}

const TERM: readonly Slot[] = [
  {
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`\b(?:(?:initial |original |fixed )?(?:term|duration|period|laufzeit|vertragsdauer|mietdauer|dauer|duree|duracion|plazo|vigencia)\b[^.;\n]{0,60}?|continue[sd]?(?: in (?:full )?(?:force|effect)[^.;]{0,20}?)? for |remain[s]? in (?:full )?(?:force|effect)[^.;]{0,30}?for |(?:force and )?effect for |for an? (?:initial |fixed )?(?:term|period) of |(?:lasts?|runs?|stands?|binding|concluded|made|valid|in force|continues?|remains?) (?:in .{0,12})?(?:for|over) (?:a (?:period|term) of )?|fur (?:die dauer|einen zeitraum) von |auf (?:die dauer von )?|pour une (?:duree|periode)(?: \w+){0,2} de |conclu pour (?:une duree )?(?:de )?|por un (?:periodo|plazo) de )(?<value>${DURATION})`,
      "g",
    ),
  },
  {
    confidence: 0.8,
    pattern:
      /\b(?<value>(?:auf )?unbestimmte(?:r)? (?:zeit|dauer)|unbefristet|(?:pour une )?duree indeterminee|(?:por )?(?:tiempo|plazo|duracion) indefinid[oa]|indefinite (?:term|period))\b/g,
  },
];

const NOTICE: readonly Slot[] = [
  {
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`(?<value>${DURATION})'?s?'?\s+(?:(?:prior|advance|written|previous|formal|or more|clear)[\s,]+(?:and )?){0,3}(?:notice|notification|warning|in advance|beforehand|ahead)\b`,
      "g",
    ),
  },
  {
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`\bnotice (?:period )?(?:of |[^.;\n]{0,40}?(?:is|be|:)\s+)(?:at least |not less than |no less than |minimum of )?(?<value>${DURATION})`,
      "g",
    ),
  },
  {
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`\b(?:\w*frist[^.;\n]{0,50}?(?:von|betragt|:)\s*|preavis[^.;\n]{0,40}?(?:de|d'|:)\s*|preaviso[^.;\n]{0,40}?(?:de|:)\s*|antelacion (?:minima )?de\s+|moyennant (?:un )?)(?:mindestens |au moins |al menos )?(?<value>${DURATION}(?:\s+(?:zum (?:monatsende|quartalsende|jahresende|ende (?:des|eines|der) [a-z]+)))?)`,
      "g",
    ),
  },
  {
    confidence: 0.75,
    pattern: new RegExp(
      String.raw`(?<value>${DURATION})\s+(?:de (?:preavis|preaviso|antelacion)|kundigungsfrist|vor (?:ablauf|vertragsende))`,
      "g",
    ),
  },
];

const PLACE = String.raw`(?:[^.;\n(]|(?<=\b(?:st|u\.s|u|d\.c|n\.y|no))\.){2,90}?`;
const PLACE_END = String.raw`(?=\s*(?:[.;\n(]|,?\s+(?:without|excluding|exclusive|and (?:any|each|nowhere|no other|only|the parties|shall|all|is|subject|the (?:courts?|united nations))|as (?:applied|such|they)|applicable|applies|apply|governs?|alone|have|has|decides?|hear|are|except|regardless|irrespective|notwithstanding|unter ausschluss|sans|a l'exclusion|con exclusion|sin |y (?:las partes|se)|et (?:les|sera)|und (?:ist|wird)|shall|for (?:all|any)|para (?:cualquier|la)|para|so(?:weit|fern)|where|which|seront|pour)\b|$))`;

const LAW: readonly Slot[] = [
  {
    confidence: 0.9,
    pattern: new RegExp(
      String.raw`\b(?:governed|construed|interpreted|enforced|controlled|subject|read|choose|chosen|agree)\b[^.;\n]{0,80}?\b(?:by|under|with|to|on|upon|choose)?\s*(?:the )?(?:(?:internal |substantive |local )?laws?|legislation) (?:in force in|of|in)\s+(?<value>${PLACE})${PLACE_END}`,
      "g",
    ),
  },
  {
    confidence: 0.85,
    pattern:
      /\b(?:governed|construed)\b[^.;\n]{0,60}?\b(?:by|under|with)\s+(?:the )?(?<value>[a-z]+(?: [a-z]+){0,2}? laws?)\b/g,
  },
  {
    confidence: 0.75,
    pattern: new RegExp(
      String.raw`\b(?:the )?laws? of\s+(?<value>${PLACE})\s+(?:(?:shall|will|alone|exclusively)\s+)*(?:governs?|appl(?:y|ies)|is applicable|is to apply|controls?|determines?)`,
      "g",
    ),
  },
  {
    confidence: 0.88,
    pattern:
      /\b(?:gilt|findet|unterliegt|nach|anwendbar ist|ausschlieslich|anwendbares recht:?)\s+(?:ausschlieslich |ausschliesslich |das |dem |materielles |materiellem )*(?:recht\s+(?=der |von |des ))?(?<value>(?:(?:der|von|des) [a-z]+(?: [a-z]+){0,2}?|[a-z]+(?:es|em) recht))(?=\b(?:\s*[.;,\n(]|\s+(?:unter|anwendung|mit|zur|ohne|und)))/g,
  },
  {
    confidence: 0.88,
    pattern:
      /\b(?:soumis|regi|regie|gouverne|interprete)\w*\b[^.;\n]{0,50}?\b(?:au|par le|a la|par la|par les)\s+(?:droit|loi|lois)(?: (?:materiel|interne|applicable))?\s+(?<value>(?:de la |du |en |de l'|des )?[a-z]+(?:e)?)(?=\s*(?:[.;,\n(]|et\b|a l'excl|sans|quelles?|$))/g,
  },
  {
    confidence: 0.88,
    pattern:
      /\b(?:regir|rige|regid|interpret|somet|sujet)\w*\b[^.;\n]{0,60}?\b(?:por|a|conforme a|segun)\s+(?:la |las |el |lo dispuesto en la )?(?:legislacion|leyes?|derecho|ordenamiento)(?: comun| civil| mercantil)?\s+(?<value>(?:de (?:la |los )?)?[a-z]+(?: [a-z]+){0,2}?)(?=\s*(?:[.;,\n(]|y\b|con\b|sin\b|$))/g,
  },
];

/** Any law that a contract names, but not that under which a party exists. */
const ANY_LAW: readonly Slot[] = [
  {
    confidence: 0.62,
    pattern: new RegExp(String.raw`\blaws? (?:of|in force in)\s+(?<value>${PLACE})${PLACE_END}`, "g"),
  },
  {
    confidence: 0.62,
    pattern:
      /\b(?<value>(?:english|scottish|irish|german|french|spanish|italian|dutch|swiss|austrian|belgian|canadian|australian|indian|swedish|danish|norwegian|finnish|polish|japanese|new york|california|delaware|texas|florida|ontario)) law\b/g,
  },
];
const ANY_COURT: readonly Slot[] = [
  {
    confidence: 0.7,
    pattern: new RegExp(
      String.raw`\b(?:place of jurisdiction|legal venue|venue|forum)\b[^.;\n]{0,40}?\b(?:is|are|be|lies|lie|in|:)\s+(?:in |at )?(?<value>${PLACE})${PLACE_END}`,
      "g",
    ),
  },
  {
    confidence: 0.66,
    pattern: new RegExp(
      String.raw`\b(?:judges?|benches|bench|tribunals?|magistrates?) (?:of|in|at|sitting in)\s+(?<value>${PLACE})${PLACE_END}`,
      "g",
    ),
  },
  {
    confidence: 0.62,
    pattern:
      /\bthe (?<value>(?!state|federal|competent|ordinary|local|said|same|appropriate|above|relevant|civil|regular|district|superior|supreme|high\b)[a-z][a-z-]{2,20}(?: [a-z-]{3,20})?) courts?\b(?=[^.;\n]{0,50}\b(?:alone|only|exclusive\w*|shall|will|have|has|decide)\b)/g,
  },
  {
    confidence: 0.62,
    pattern: new RegExp(
      String.raw`\b(?<value>courts? (?:of|in|at|sitting (?:in|at)|located in|seated in)\s+(?!law\b|competent|any\b|record\b)${PLACE})${PLACE_END}`,
      "g",
    ),
  },
  {
    confidence: 0.62,
    pattern:
      /\b(?:die |den )?(?:gerichten?|gericht) (?:in|von|am sitz|zu) (?<value>[a-z][a-z-]{2,30}(?: [a-z-]{3,20})?)(?=\s*(?:[.;,\n(]|sind|ist|zustandig|$))/g,
  },
  {
    confidence: 0.62,
    pattern:
      /\b(?<value>(?:tribunaux|juridictions|juzgados|tribunales)(?: [a-z]+){0,2} (?:de la ciudad de |de |du |d')[a-z][a-z-]+(?: [a-z-]+){0,2}?)(?=\s*(?:[.;,\n(]|$|son|sont|seront|seran|con|pour|para))/g,
  },
];

const COURTS: readonly Slot[] = [
  {
    confidence: 0.88,
    pattern: new RegExp(
      String.raw`\b(?:jurisdiction|venue|submit\w*|disputes?|brought|forum|resolved|heard|litigated)\b[^.;\n]{0,100}?\b(?:of|in|to|by|with)\s+(?:the )?(?:exclusive jurisdiction of (?:the )?)?(?<value>(?:(?:state|federal|competent|appropriate|local|provincial|county|district|superior|circuit|and|or|united states)[\s,/]+)*courts?\s+(?:located |sitting |situated |having jurisdiction )?(?:of|in|for|within)\s+${PLACE})${PLACE_END}`,
      "g",
    ),
  },
  {
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`\b(?:the )?(?<value>courts of\s+(?:the )?${PLACE})\s+(?:shall |will )?(?:have|has)\b[^.;\n]{0,40}jurisdiction`,
      "g",
    ),
  },
  {
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`\bexclusive (?:venue|jurisdiction)\b[^.;\n]{0,50}?\b(?:in|of|be)\s+(?<value>${PLACE})${PLACE_END}`,
      "g",
    ),
  },
  {
    confidence: 0.88,
    pattern:
      /\bgerichtsstand\b[^.;\n]{0,90}?\b(?:ist|sind|wird|:)\s*(?:ausschlieslich |ausschliesslich |das |die |der )*(?<value>[a-z][a-z /-]{2,50}?)(?=\s*(?:[.;,\n(]|vereinbart|soweit|sofern|$))/g,
  },
  {
    confidence: 0.88,
    pattern:
      /\b(?:competence|competents?|soumis\w*|porte\w*|saisi\w*|ressort)\b[^.;\n]{0,80}?\b(?:du|des|aux?|le|les|de)\s+(?<value>(?:tribuna(?:l|ux)|juridictions?|cours?)(?: [a-z']+){0,5}? (?:de|du|d')\s?(?:la |le )?[a-z][a-z-]+(?: [a-z-]+)?)(?=\s*(?:[.;,\n(]|seront|sera|pour|est|$))/g,
  },
  {
    confidence: 0.8,
    pattern:
      /\b(?<value>(?:tribuna(?:l|ux)|juridictions?)(?: [a-z']+){0,4}? de [a-z][a-z-]+)(?: seront| sera|,? seuls?| est| sont)[^.;\n]{0,30}competent/g,
  },
  {
    confidence: 0.88,
    pattern:
      /\b(?:someten|sometera\w*|sometiendose|jurisdiccion|competentes?|fuero)\b[^.;\n]{0,90}?\b(?:los|las|a|de)\s+(?<value>(?:juzgados|tribunales|cortes)(?: y (?:juzgados|tribunales))?(?: [a-z]+){0,3}? (?:de|del) (?:la ciudad de )?[a-z]+(?: [a-z]+){0,2}?)(?=\s*(?:[.;,\n(]|con\b|para\b|y\b|$))/g,
  },
];

/** Term, notice, law, courts and value, as sentences say them. */
export function draftContractTerms(prose: Prose): DraftValue[] {
  const values: DraftValue[] = [];
  for (const [pointer, slots] of [
    ["/term", TERM],
    ["/termination_notice", NOTICE],
    ["/governing_law", [...LAW, ...ANY_LAW]],
    ["/jurisdiction", [...COURTS, ...ANY_COURT]],
  ] as const) {
    const found = firstSlot(prose, slots, pointer === "/term");
    if (found) values.push(printedValue(prose, pointer, found.stretch, found.confidence));
  }
  return [...values, ...draftValue(prose)];
}

function firstSlot(
  prose: Prose,
  slots: readonly Slot[],
  isTerm: boolean,
): { stretch: Stretch; confidence: number } | null {
  for (const { pattern, confidence } of slots) {
    for (const match of prose.folded.matchAll(pattern)) {
      const value = match.groups?.["value"] ?? "";
      if (match[0].includes("\n")) continue;
      const end = match.index + match[0].lastIndexOf(value) + value.length;
      const behind = prose.folded.slice(end, end + 40);
      if (
        isTerm &&
        /^'?s?'?\s*(?:(?:prior|written|advance)\s+)*(?:notice|after|following|of (?:receipt|the date)|nach|apres|despues|de preav|from (?:receipt|the date of (?:invoice|disclosure)))/.test(
          behind,
        )
      )
        continue;
      if (
        isTerm &&
        /\b(?:notice|frist|preavis|preaviso|confidential|survive|terminat|non-compet)/.test(
          match[0].slice(0, -value.length),
        )
      )
        continue;
      const foreign =
        /\b(?:organi[sz]ed|existing|incorporated|formed|registered|constituted|established)\b[^.;\n]{0,60}$/;
      if (foreign.test(prose.folded.slice(Math.max(0, end - value.length - 90), end - value.length)))
        continue;
      const stretch = trimStretch(prose, { start: end - value.length + generic(value), end }, /[\s,;:.]/);
      if (textAt(prose, stretch).length >= 3) return { stretch, confidence };
    }
  }
  return null;
}

/** Characters of a court's name that say no more than that it is one: what is left is the place. */
function generic(value: string): number {
  const courts =
    /^(?:(?:the|state|federal|competent|ordinary|appropriate|local|and|or)[\s,/]+)*(?:courts?|juzgados(?: y tribunales)?|tribunales|tribunaux(?: competents)?|juridictions)\s+(?:located |sitting |situated |seated )?(?:of|in|at|for|within|de la ciudad de|de|du)\s+(?:the (?=(?:city|county) of ))?/.exec(
      value,
    );
  return courts && courts[0].length < value.length ? courts[0].length : 0;
}

const VALUE_CUE =
  /\b(?:total|aggregate|contract|purchase|fixed|annual|monthly|yearly|base|gross|lump)?\s*(?:contract (?:value|price|sum|amount)|purchase price|total (?:fee|value|price|consideration|amount|compensation)|consideration|price of|fees?|sum of|compensation|remuneration|salary|rent|amount of|principal (?:amount|sum)|budget|\w*(?:vergutung|honorar|preis|miete|wert|gehalt|entgelt|summe|betrag)|darlehen\w*|prix|montant|remuneration|honoraires|loyer|salaire|precio|importe|renta|honorarios|retribucion|valor|contraprestacion|cuantia)\b[^.;\n]{0,90}$/;
const TOTAL_CUE =
  /\b(?:total|aggregate|contract (?:value|price|sum)|purchase price|lump|auftragswert|vertragswert|gesamt\w*|kaufpreis|pauschal\w*|global|totale?)\b/;
const SIDE_CUE =
  /\b(?:liabilit|exceed|insurance|coverage|penalt|late|deposit|haftung|versicher|kaution|vertragsstrafe|responsabilite|caution|depot de garantie|responsabilidad|fianza|seguro|penalizacion|per (?:hour|claim|occurrence)|damages|capital)\w*\b[^.;\n]{0,90}$/;

function draftValue(prose: Prose): DraftValue[] {
  let best: {
    stretch: Stretch;
    value: string;
    currency: string | null;
    score: number;
    sign: Stretch | null;
  } | null = null;
  for (const money of findProseMoney(prose.text, true)) {
    const before = prose.folded.slice(Math.max(0, money.start - 150), money.start);
    const cue = VALUE_CUE.exec(before);
    if (
      !cue ||
      (money.sign === null && before.length - cue.index > 60) ||
      SIDE_CUE.test(before.slice(cue.index - 30 < 0 ? 0 : cue.index - 30))
    )
      continue;
    const behind = foldInPlace(prose.text.slice(money.end, money.end + 40));
    const perUnit =
      /^[^.;\n]{0,12}\b(?:per|each|pro|je|par|por|\/)\s*(?:hour|day|stunde|tag|heure|jour|hora|dia|user|unit)/.test(
        behind,
      );
    const score = 0.7 + (TOTAL_CUE.test(before.slice(cue.index)) ? 0.15 : 0) - (perUnit ? 0.4 : 0);
    if (score >= 0.6 && (!best || score > best.score + 0.01))
      best = { stretch: money, value: money.value, currency: money.currency, score, sign: money.sign };
  }
  if (!best) return [];
  const confidence = best.score * readConfidence(prose, best.stretch);
  const value = { pointer: "/value", value: best.value, cited: citeStretch(prose, best.stretch), confidence };
  const dollar = best.sign !== null && textAt(prose, best.sign) === "$";
  const code = dollar ? dollarOf(prose.text) : best.currency;
  if (code === null || !best.sign) return [value];
  const derived = textAt(prose, best.sign) !== code;
  const currency = {
    pointer: "/currency",
    value: code,
    cited: citeStretch(prose, best.sign),
    confidence,
    derived,
  };
  return [value, currency];
}
