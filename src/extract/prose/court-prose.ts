import type { DraftValue } from "../engine/draft.ts";
import { findProseDates } from "./dates.ts";
import { COURT_WORD } from "./legal-lexicon.ts";
import { NEXT_LABEL } from "./labelled.ts";
import { nameAtStart } from "./party-names.ts";
import {
  citeStretch,
  printedValue,
  type Prose,
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

/** Dates that are looked at from a paper's beginning and from its end: what lies between is its facts. */
const FIRST_DATES = 600;
const LAST_DATES = 200;

/** The dates of a court paper, by the words before them; the more telling words win. */
export function draftCourtDates(prose: Prose, dayFirst: boolean | null): DraftValue[] {
  const best = new Map<string, DraftValue>();
  const dates = findProseDates(prose.text, dayFirst);
  const last = dates.slice(Math.max(FIRST_DATES, dates.length - LAST_DATES));
  for (const date of [...dates.slice(0, FIRST_DATES), ...last]) {
    const before = prose.folded.slice(Math.max(0, date.start - 110), date.start);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    const cue =
      DATE_CUES.find(({ pattern }) => pattern.test(line)) ??
      DATE_CUES.find(({ pattern }) => pattern.test(before.replace(/\n(?=[^\n]*$)/, " "))) ??
      (BARE_DATE.test(line) ? { pointer: "/filing_date", weight: 0.55 } : undefined);
    if (!cue) continue;
    const most = cue.weight * (date.certain ? 1 : 0.85);
    const known = best.get(cue.pointer);
    if (known && known.confidence >= most) continue;
    const confidence = most * readConfidence(prose, date);
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
    const rest = passage.text.length - match[0].length;
    const heading = rest < 8 || (passage.text.length < 60 && !/[.;:]$/.test(passage.text));
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
