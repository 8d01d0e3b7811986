import type { DraftValue } from "../engine/draft.ts";
import { findProseDates } from "./dates.ts";
import { COURT_WORD, ROLE_BEHIND, ROLE_LABEL, ROLE_LINE } from "./legal-lexicon.ts";
import { NEXT_LABEL } from "./labelled.ts";
import { looksLikePerson, nameAtStart } from "./party-names.ts";
import {
  citeStretch,
  printedValue,
  type Prose,
  type ProseLine,
  readConfidence,
  type Stretch,
  textAt,
  trimStretch,
} from "./prose.ts";

interface DateCue {
  readonly pointer: string;
  readonly pattern: RegExp;
  readonly weight: number;
}

/** A date at a line's beginning, or behind a place. */
const BARE_DATE = /(?:^\s*|^[a-z ]{3,30}, (?:den|le|a|am|this)\s*(?:the )?)$/;

const DATE_CUES: readonly DateCue[] = [
  {
    pointer: "/filing_date",
    weight: 0.9,
    pattern:
      /\b(?:(?:date )?(?:of )?fil(?:ed|ing)(?: date| on| in court| of complaint)?|received|entered(?: on)?|lodged|eingereicht(?: am)?|eingegangen(?: am)?|eingang(?:sdatum)?|depose[es]*(?: au greffe)?(?: le)?|enregistre[es]*(?: le)?|date de depot|presentad[oa](?: el)?|fecha de (?:presentacion|registro|interposicion)|registrad[oa])\b[^.;\n]{0,40}$/,
  },
  {
    pointer: "/decision_date",
    weight: 0.88,
    pattern:
      /\b(?:so ordered|ordered (?:this|on)|judgment (?:entered|of|dated)|decided|verkundet(?: am)?|(?:urteil|beschluss) (?:vom|des .{3,30} vom)|erlassen am|prononce[es]*(?: publiquement)?(?: le| en audience publique du)?|rendue?(?: publiquement)?(?: le)?|(?:jugement|ordonnance|arret) (?:du|rendue? le)|date de la decision|dictad[oa](?: el| en)?|fecha de (?:la )?(?:sentencia|resolucion))\b[^.;\n]{0,40}$/,
  },
  {
    pointer: "/hearing_date",
    weight: 0.88,
    pattern:
      /\b(?:hearing(?: date)?|move this court (?:on|at)|(?:to )?appear(?:ance)?(?: date)?|return date|trial date|returnable|oral argument|(?:mundliche[nr]? )?(?:verhandlung|termin|hauptverhandlung)(?: vom| am)?|audience(?: publique)?(?: du| le)?|vista(?: del?| senalada para el)?|juicio (?:el|para el)|fecha de (?:la )?(?:vista|audiencia))\b[^;\n]{0,60}$/,
  },
  {
    pointer: "/filing_date",
    weight: 0.64,
    pattern:
      /\b(?:dated?(?: this)?|executed(?: on| this)?|signed(?: on| this)?|sworn .{0,60}|subscribed .{0,60}|datum|fait a .{0,30}|issued(?: on)?|ausgestellt)\b[^.;\n]{0,30}$/,
  },
];

/** The dates of a court paper, by the words before them; the more telling words win. */
export function draftCourtDates(prose: Prose, dayFirst: boolean | null): DraftValue[] {
  const best = new Map<string, DraftValue>();
  for (const date of findProseDates(prose.text, dayFirst)) {
    const before = prose.folded.slice(Math.max(0, date.start - 110), date.start);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    const cue =
      DATE_CUES.find(({ pattern }) => pattern.test(line)) ??
      DATE_CUES.find(({ pattern }) => pattern.test(before.replace(/\n(?=[^\n]*$)/, " "))) ??
      (BARE_DATE.test(line) ? { pointer: "/filing_date", weight: 0.55 } : undefined);
    if (!cue) continue;
    const confidence = cue.weight * readConfidence(prose, date) * (date.certain ? 1 : 0.85);
    const known = best.get(cue.pointer);
    if (known && known.confidence >= confidence) continue;
    best.set(cue.pointer, {
      pointer: cue.pointer,
      value: date.iso,
      cited: citeStretch(prose, date),
      confidence,
    });
  }
  return [...best.values()];
}

/** Sentences that say who somebody is: the slot is the name, the role is printed or follows from the sentence. */
const PERSONS: readonly { readonly pattern: RegExp; readonly role: string | null }[] = [
  {
    role: null,
    pattern:
      /\b(?:comes?(?: now)?|now comes?|the undersigned|on behalf of)[, ]+(?:the )?(?<role>plaintiffs?|defendants?|petitioners?|respondents?|claimants?|movants?|debtors?)(?:\(s\))?,?\s+/g,
  },
  {
    role: null,
    pattern:
      /(?:^|\n)\s*(?:the )?(?<role>plaintiff|defendant|petitioner|respondent|complainant|claimant)s?,?\s+(?=\S+ \S+,? (?:by and through|is an?|and|alleges|resides|through|hereby|respectfully))/g,
  },
  {
    role: "affiant",
    pattern:
      /(?:^|\n|\.\s)\s*(?:\d\.\s*)?i,\s+(?=[^\n]{3,60}?(?:,[^\n]{0,120})? (?:being|having been|hereby declare|declare under|do solemnly|of lawful age|state as follows|do hereby (?:depose|swear|state)|make oath|depose|affirm))/g,
  },
  { role: "testator", pattern: /(?:^|\n|\.\s)\s*i,\s+(?=[^\n]{3,200}?(?:last will|my will|testament))/g },
  {
    role: "principal",
    pattern:
      /(?:^|\n|\.\s)\s*(?:know all (?:men|persons) by these presents,? that )?i,\s+(?=[^\n]{3,260}?(?:appoint|designate|name)\b)/g,
  },
  {
    role: "agent",
    pattern:
      /\b(?:appoint|designate|constitute)s?\s+(?:and (?:appoint|designate|constitute)s?\s+)?(?=[^\n]{3,200}?(?:attorney[- ]in[- ]fact|as my (?:true and lawful )?(?:agent|attorney)|my (?:agent|attorney)))/g,
  },
  {
    role: "executor",
    pattern:
      /\b(?:appoint|nominate|name|designate)s?\s+(?:and (?:appoint|nominate)\s+)?(?=[^\n]{3,160}?\b(?:as|to be|to serve as)\b[^\n]{0,40}(?:executor|executrix|personal representative))/g,
  },
];

/** Parties that only a sentence names: who swears, wills, appoints or complains. */
export function findSentenceParties(
  prose: Prose,
): { name: Stretch; role: Stretch | null; derived: string | null }[] {
  const found: { name: Stretch; role: Stretch | null; derived: string | null }[] = [];
  const folded = prose.folded.slice(0, 20_000);
  for (const { pattern, role } of PERSONS) {
    for (const match of folded.matchAll(pattern)) {
      const start = match.index + match[0].length;
      const skip = /^(?:my\s+\w+,\s*|the\s+)/.exec(folded.slice(start))?.[0].length ?? 0;
      const name = nameAtStart(prose.text, prose.folded, {
        start: start + skip,
        end: Math.min(prose.text.length, start + 160),
      });
      if (!name || found.some((known) => textAt(prose, known.name) === textAt(prose, name))) continue;
      const printed = match.groups?.["role"];
      const at = printed === undefined ? -1 : match.index + match[0].lastIndexOf(printed);
      found.push({
        name,
        role: printed === undefined ? null : { start: at, end: at + printed.length },
        derived: role,
      });
    }
  }
  return found;
}

const RELIEF_START =
  /\b(?:wherefore|prayer for relief|relief (?:sought|requested)|prays? (?:for|that)|it is (?:hereby |therefore |further )*(?:ordered|adjudged)|hereby orders?|so ordered|(?:wird |werde )?beantrag(?:t|en)(?: wird)?|antrage?:|klageantrag|werden wir beantragen|fur recht erkannt|beschlossen:|tenor|par ces motifs|il est demande|plaise au|suplic[oa]|solicito al juzgado|fallo|parte dispositiva|orders? that|the court orders)\b/g;
const RELIEF_END =
  /^(?:dated?\b|respectfully submitted|jury (?:trial )?demand|demand for jury|verification|certificate of|signature|by:|_{3}|tatbestand|grunde|begrundung|entscheidungsgrunde|sachverhalt|otrosi|asi por esta|notifiquese|fait (?:a|et)|sous toutes reserves|bordereau|memorandum|attorneys? for|counsel|rechtsanwalt|in [a-z]+, the|en [a-z]+, a)\b/;
const MAX_RELIEF = 4_000;

/** What is asked for or decided: from the words that announce it to the next heading or the signature. */
export function draftRelief(prose: Prose): DraftValue[] {
  for (const match of prose.folded.matchAll(RELIEF_START)) {
    const passage = prose.passages.find((own) => own.end > match.index);
    if (!passage) continue;
    const offset = match.index - passage.start;
    const atStart = offset < 25;
    const last =
      /(?:tenor|fallo|par ces motifs|beantrag|erkannt|beschlossen|prayer|suplic|dispositiva|relief)/.test(
        match[0],
      );
    if (!atStart && !last) continue;
    const heading = passage.text.length < 60 && !/[.;]$/.test(passage.text);
    let end = passage.end;
    for (const next of prose.passages.slice(passage.index + 1)) {
      const folded = prose.folded.slice(next.start, next.end);
      if (RELIEF_END.test(folded) || next.end - passage.start > MAX_RELIEF) break;
      const item =
        /^\s*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[-•*]|[a-z]\b.*[;,]|and\b|such other|granting|awarding|for )/.test(
          folded,
        );
      const open = /[:;,]$|\b(?:and|und|et|y)$/.test(prose.text.slice(passage.start, end).trim());
      const headed = heading && end === passage.end;
      if (!headed && !open && !item) break;
      end = next.end;
    }
    const label =
      /^(?:relief (?:sought|requested)|prayer for relief|(?:klage)?antrage?|petition|pretentions|tenor|fallo|suplico)\s*[:.]?\s+(?=\S)/.exec(
        prose.folded.slice(passage.start + offset, passage.end),
      );
    const own = passage.start + (label ? offset + label[0].length : atStart ? 0 : offset);
    const start = heading && !label && end > passage.end ? passage.end : own;
    const stretch = trimStretch(prose, { start, end }, /[\s:]/);
    if (stretch.end - stretch.start >= 20) return [printedValue(prose, "/relief", stretch, 0.78)];
  }
  return [];
}

const SUBJECT =
  /(?:^|\n)\s*(?:re|subject|regarding|in re|betreff|betr\.?|wegen|objet|nature of (?:the )?(?:action|suit|claim|case)|cause of action|matter|asunto|objeto|materia|sobre|gegenstand|streitgegenstand)\s*[:.]?\s+(?=\S)/g;

/** What the case is about, behind the words that announce it. */
export function draftSubject(prose: Prose): DraftValue[] {
  for (const match of prose.folded.slice(0, 9_000).matchAll(SUBJECT)) {
    const start = match.index + match[0].length;
    const passage = prose.passages.find((own) => own.end > start);
    if (!passage) continue;
    const next = NEXT_LABEL.exec(prose.text.slice(start, passage.end));
    const end = next && next.index > 4 ? start + next.index : passage.end;
    const stretch = trimStretch(prose, { start, end }, /[\s,;:.]/);
    const text = textAt(prose, stretch);
    const label = /[:.]\s*$/.test(match[0]);
    if (
      text.length < 4 ||
      text.length > 220 ||
      (!label && text.length > 90) ||
      (COURT_WORD.test(text.toLowerCase()) && !label)
    )
      continue;
    return [printedValue(prose, "/subject", stretch, label ? 0.82 : 0.7)];
  }
  return [];
}

const COUNSEL =
  /\b(?<lead>(?:attorneys?|counsel|lawyers?|solicitors?)(?: of record)?(?: for)?(?: the)? (?<side>plaintiffs?|defendants?|petitioners?|respondents?|appellants?|appellees?|claimants?|movants?|debtors?)(?:[- ,/]+[a-z]+)?\s*:|(?:proze(?:ss?|s)bevollmachtigte[rn]?|verfahrensbevollmachtigte[rn]?|vertreten durch(?: die)? rechtsanwalt\w*|rechtsanwalt(?:e|in|innen)?)\s*:|(?:represente[es]*|assiste[es]*|ayant pour avocat|avocat(?:e|s)?(?: constitue| postulant| plaidant)?)\s*(?::|par|de)?\s*(?=ma[iî]tre|me )|(?:procurador(?:a)?|letrad[oa]|abogad[oa])\s*(?::|don |dona |d\.|dna\.?)|asistid[oa]s? (?:de|por) (?:el |la )?(?:letrad[oa]|abogad[oa])|attorney\s*:|counsel\s*:|represented by:?)\s*/g;

/** A lawyer or a firm of lawyers. */
export interface Counsel {
  readonly name: Stretch | null;
  readonly firm: Stretch | null;
  readonly represents: Stretch | null;
}

/** The role that was printed last before an offset: whose lawyer is named there. */
function roleAbove(prose: Prose, offset: number): Stretch | null {
  let found: Stretch | null = null;
  for (const line of prose.lines) {
    if (line.start > offset || line.end < offset - 500) continue;
    const folded = prose.folded.slice(line.start, line.end);
    const match = ROLE_LINE.exec(folded) ?? ROLE_LABEL.exec(folded) ?? ROLE_BEHIND.exec(folded);
    const role = match?.groups?.["role"];
    if (match && role !== undefined) {
      const start = line.start + match.index + match[0].indexOf(role);
      found = { start, end: start + role.length };
    }
  }
  return found;
}

/** Lawyers that are named behind the words that announce them. */
export function findCounsel(prose: Prose): Counsel[] {
  const found: Counsel[] = [];
  for (const match of prose.folded.matchAll(COUNSEL)) {
    const start = match.index + match[0].length;
    const titles =
      /^(?:(?:ma[i ]?tre|me\.?|don|dona|d\.|dna\.?|rechtsanwalt(?:e|in|innen)?|ra|rain|rae|dr\.?|mr\.?|ms\.?|mrs\.?|die|der|herrn?|frau|la|el)\s+)+/.exec(
        prose.folded.slice(start, start + 60),
      )?.[0].length ?? 0;
    const name = nameAtStart(prose.text, prose.folded, {
      start: start + titles,
      end: Math.min(prose.text.length, start + 130),
    });
    if (name && ROLE_LINE.test(textAt(prose, name).toLowerCase().replace(/ä/g, "a"))) continue;
    if (
      !name ||
      prose.text.slice(start, name.start).includes("\n\n") ||
      found.some((known) => known.name?.start === name.start || known.firm?.start === name.start)
    )
      continue;
    const side = match.groups?.["side"];
    const at = side === undefined ? -1 : match.index + match[0].indexOf(side);
    const represents =
      side === undefined ? roleAbove(prose, match.index) : { start: at, end: at + side.length };
    const isFirm = FIRM.test(textAt(prose, name));
    found.push({ name: isFirm ? null : name, firm: isFirm ? name : firmBehind(prose, name), represents });
  }
  return [
    ...found,
    ...counselBlocks(
      prose,
      found.map(({ name }) => (name ? textAt(prose, name) : "")),
    ),
  ].slice(0, 8);
}

const FIRM =
  /\b(?:llp|llc|l\.l\.p|pllc|p\.?c\.?|p\.a\.?|law (?:office|group|firm|center)|& |partners|associates|attorneys at law|rechtsanwalte|kanzlei|cabinet|selarl|scp|abogados|bufete|solicitors|chambers|legal)\b|&/i;

function firmBehind(prose: Prose, name: Stretch): Stretch | null {
  const rest = prose.text.slice(name.end, name.end + 140);
  const match = /^\s*[,\n(–-]\s*(?:of )?([^,\n()]{4,70})/.exec(rest);
  if (!match || !FIRM.test(match[1] ?? "")) return null;
  const start = name.end + match[0].length - (match[1] ?? "").length;
  return trimStretch(prose, { start, end: name.end + match[0].length });
}

const COUNSEL_LABEL =
  /^(?:attorneys?|counsel|solicitors?|lawyers?|abogad[oa]s?|letrad[oa]s?|procurador(?:a)?|rechtsanwalt\w*|anwalt\w*|proze(?:ss?|s)bevollmachtigte[rn]?|verfahrensbevollmachtigte[rn]?|avocate?s?|conseil|maitre|avvocato|advocaat)(?: of record)?(?: pro hac vice)?(?:\s*:|\s+(?:for|de la|de l'|del|de|du|des|der|fur|pour|van|per)(?: the| die| den| das)?)?\s+(?<side>(?:[a-z]+-)?[a-z]+(?:\/[a-z]+)?(?: [a-z]+)?)(?:\(s\))?[\s.,:]*$/;

/** `Attorneys for Plaintiff` below or above the lines that name lawyer and firm. */
function counselBlocks(prose: Prose, known: readonly string[]): Counsel[] {
  const found: Counsel[] = [];
  for (const label of prose.lines) {
    const folded = prose.folded.slice(label.start, label.end);
    const side = COUNSEL_LABEL.exec(folded)?.groups?.["side"];
    if (side === undefined || !ROLE_LINE.test(side)) continue;
    const at = label.start + folded.lastIndexOf(side);
    const block = nearestBlock(prose, label);
    const person = block.find((line) => looksLikePerson(cleanName(line.text)));
    const firm = block.find(
      (line) =>
        line !== person && FIRM.test(line.text) && line.text.length < 70 && !/@|\d{3}/.test(line.text),
    );
    if ((!person && !firm) || (person && known.includes(cleanName(person.text)))) continue;
    found.push({
      name: person ? { start: person.start, end: person.start + cleanName(person.text).length } : null,
      firm: firm ? trimStretch(prose, firm) : null,
      represents: { start: at, end: at + side.length },
    });
  }
  return found;
}

/** The lines of the block that a label belongs to: the closer one of those above and below it. */
function nearestBlock(prose: Prose, label: ProseLine): ProseLine[] {
  const gather = (step: 1 | -1): ProseLine[] => {
    const lines: ProseLine[] = [];
    let last = label;
    for (let at = label.index + step; lines.length < 8; at += step) {
      const line = prose.lines[at];
      const gap = line && (step > 0 ? line.bbox[1] - last.bbox[3] : last.bbox[1] - line.bbox[3]);
      if (
        !line ||
        gap === undefined ||
        line.page !== label.page ||
        gap > 0.8 * label.height ||
        gap < -label.height
      )
        break;
      if (COUNSEL_LABEL.test(prose.folded.slice(line.start, line.end))) break;
      lines.push(line);
      last = line;
    }
    return lines;
  };
  const [above, below] = [gather(-1), gather(1)];
  const first = (lines: readonly ProseLine[]): number =>
    lines[0] ? Math.max(0, Math.abs(lines[0].bbox[1] - label.bbox[1])) : Infinity;
  return first(below) <= first(above) &&
    below.some((line) => looksLikePerson(cleanName(line.text)) || FIRM.test(line.text))
    ? below
    : above.toReversed();
}

function cleanName(text: string): string {
  return text.replace(/\s*[,(].*$/, "").trim();
}
