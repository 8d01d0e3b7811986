import { ROLE_BEHIND, ROLE_LABEL, ROLE_LINE } from "./legal-lexicon.ts";
import { looksLikePerson, nameAtStart } from "./party-names.ts";
import { type Prose, type ProseLine, type Stretch, textAt, trimStretch } from "./prose.ts";

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
