import type { DraftValue } from "../engine/draft.ts";
import { checkName, looksLikeOrganisation, looksLikePerson, nameAtStart } from "./party-names.ts";
import { printedValue, type Prose, type Stretch, textAt, trimStretch } from "./prose.ts";
import { definesOther, isContractRole, withoutArticle } from "./roles.ts";

/** A party of a contract, as stretches of its prose. */
export interface ContractParty {
  readonly name: Stretch;
  readonly role: Stretch | null;
  readonly address: Stretch | null;
  readonly reference: Stretch | null;
  readonly confidence: number;
}

/** Characters in which a contract names its parties. */
const PREAMBLE = 7_000;
const PREAMBLE_END =
  /\n\s*(?:(?:§|art(?:icle|ikel|iculo|icolo|\.)|section|clause|clausula|ziffer)\s*(?:1|i|one|premier|primer[oa]?)\b|1\s?[.)]?\s+[a-z]|i\.\s+[a-z])|\b(?:now,? therefore|agree(?:s|d)? as follows|wird folgendes|folgendes vereinbart|il a ete convenu|convenu (?:et arrete )?ce qui suit|exponen|manifiestan|acuerdan|estipulaciones|clausulas|si conviene)\b/;
const INTRO =
  /\b(?:by and (?:between|among)|between|(?:the )?undersigned(?: parties)?|following parties|die unterzeichne(?:te)?n(?:den)?|(?:los|las) (?:abajo|que suscriben|infrascritos)(?: firmantes)?|les soussigne(?:e?s)?|among|made by|entered into (?:by|with)|zwischen(?: der| dem| den)?|entre(?: les soussigne(?:e?s)?)?|de una parte|reunidos|tra|tussen)\b[\s:,]*/g;

/** How a party gets its short name: in brackets with quotes, behind a word of naming, or in brackets alone. */
const MARKS = [
  /\((?<before>[^()"]{0,90})"(?<label>[^"\n]{1,60})"(?<behind>[^()]{0,90})\)/g,
  /\((?<before>(?:hereinafter |the |each )[^()'"]{0,60}|)'(?<label>[^'\n]{1,40})'(?<behind>[^()']{0,60})\)/g,
  /(?<before>(?:hereinafter|hereafter|nachfolgend|nachstehend|im folgenden|im weiteren|fortan|ci-?\s?apres|en adelante|en lo sucesivo|di seguito|in prosieguo|hierna|doravante)[^".;()]{0,60})"(?<label>[^"\n]{1,60})"(?<behind>(?:\s*(?:genannt|bezeichnet))?)/g,
  /(?<before>,?\s(?:hereinafter|hereafter|henceforth|nachfolgend|nachstehend|im folgenden|ci-?\s?apres|en adelante|en lo sucesivo)(?:,| also)?\s+(?:(?:referred to as|called|known as|designated(?: as)?|styled|denomme(?:e|s|es)?|appele(?:e|s)?|designe(?:e|s)?|denominad[oa]|llamad[oa]|als|simply|kurz)\s+)*(?:the |der |die |le |la |l'|el )?)(?<label>[a-z][a-z' -]{2,32}?)(?<behind>(?: genannt)?)(?=\s*(?:[,;.\n)]|\s(?:and|und|et|y|on|of|genannt)\s|$))/g,
  /\((?<before>(?:hereinafter(?: referred to as| called| known as)?|in this agreement|nachfolgend|im folgenden|ci-?\s?apres(?: denommee?)?|en adelante|the)[,:]?\s+)(?<label>[a-z][^()",;]{1,40}?)(?<behind>(?:\s+genannt)?)\)/g,
] as const;

interface Mark extends Stretch {
  readonly label: Stretch;
}

/** The parties as the preamble's sentences name them. */
export function findProseParties(prose: Prose): ContractParty[] {
  const region = preambleOf(prose);
  const marked = partiesByMarks(prose, region);
  if (marked.length >= 2) return marked;
  const plain = partiesByIntro(prose, region);
  return plain.length > marked.length ? plain : marked;
}

/** From the beginning to the first clause, or where the parties agree. */
export function preambleOf(prose: Prose): Stretch {
  const limit = Math.min(prose.text.length, PREAMBLE);
  const head = prose.folded.slice(0, limit);
  const first = head.search(INTRO);
  const end = PREAMBLE_END.exec(head.slice(Math.max(0, first)));
  return { start: 0, end: end ? Math.max(0, first) + end.index : limit };
}

function findMarks(prose: Prose, region: Stretch): Mark[] {
  const text = prose.folded.slice(region.start, region.end);
  const found: Mark[] = [];
  for (const pattern of MARKS) {
    for (const match of text.matchAll(pattern)) {
      const { before = "", label = "" } = match.groups ?? {};
      const start = region.start + match.index;
      const end = start + match[0].length;
      if (found.some((mark) => mark.start < end && mark.end > start)) continue;
      const opening = match[0].indexOf(label, match[0].startsWith("(") ? before.length + 1 : before.length);
      found.push({ start, end, label: { start: start + opening, end: start + opening + label.length } });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

function partiesByMarks(prose: Prose, region: Stretch): ContractParty[] {
  const parties: ContractParty[] = [];
  let from = region.start;
  for (const mark of findMarks(prose, region)) {
    const label = textAt(prose, mark.label);
    if (definesOther(label) && !isContractRole(label)) {
      if (parties.length === 0) from = Math.max(from, introBefore(prose, from, mark.start, from));
      else from = mark.end;
      continue;
    }
    const start = introBefore(prose, from, mark.start, from);
    const passage = prose.passages.findLast((own) => own.start <= mark.start);
    const near = passage && passage.start > start && mark.start - passage.start > 15 ? passage.start : start;
    const party =
      readParty(prose, { start: near, end: mark.start }, mark) ??
      readParty(prose, { start, end: mark.start }, mark);
    const same = party && parties.some((known) => textAt(prose, known.name) === textAt(prose, party.name));
    if (party && !same) parties.push(party);
    from = mark.end;
  }
  return parties;
}

/** Behind the last word of introduction in a stretch, or `otherwise`. */
function introBefore(prose: Prose, start: number, end: number, otherwise: number): number {
  let at = otherwise;
  for (const match of prose.folded.slice(start, end).matchAll(INTRO)) {
    const behind = start + match.index + match[0].length;
    if (nameAtStart(prose.text, prose.folded, { start: behind, end })) at = behind;
  }
  return at;
}

function readParty(prose: Prose, chunk: Stretch, mark: Mark | null): ContractParty | null {
  const represented =
    /\b(?:en nombre y representacion de|en representacion de|in vertretung der|fur die|au nom et pour le compte de|on behalf of)\s+/.exec(
      prose.folded.slice(chunk.start, chunk.end),
    );
  const behind = represented ? chunk.start + represented.index + represented[0].length : chunk.start;
  const name =
    (represented ? nameAtStart(prose.text, prose.folded, { start: behind, end: chunk.end }) : null) ??
    nameAtStart(prose.text, prose.folded, chunk) ??
    lastNameLine(prose, chunk);
  if (!name) return null;
  const printed = textAt(prose, name);
  const reference = mark ? labelStretch(prose, mark.label) : null;
  const role = reference && isContractRole(textAt(prose, reference)) ? reference : roleIn(prose, name, chunk);
  const form = looksLikeOrganisation(printed) || looksLikePerson(printed);
  if (!mark && !form) return null;
  return {
    name,
    role,
    reference,
    address: findPartyAddress(prose, { start: name.end, end: chunk.end }),
    confidence: (mark ? 0.8 : 0.65) + (form ? 0.1 : 0) + (role ? 0.05 : 0),
  };
}

/** Where a chunk begins with other words, the name stands on a line of its own. */
function lastNameLine(prose: Prose, chunk: Stretch): Stretch | null {
  const breaks = [...prose.text.slice(chunk.start, chunk.end).matchAll(/\n/g)].map((match) => match.index);
  for (const at of breaks.slice(0, 4)) {
    const start = chunk.start + at + 1;
    const name = nameAtStart(prose.text, prose.folded, { start, end: chunk.end });
    if (name && looksLikeOrganisation(textAt(prose, name))) return name;
  }
  return null;
}

function labelStretch(prose: Prose, label: Stretch): Stretch {
  const trimmed = trimStretch(prose, label, /[\s,;:.]/);
  const bare = withoutArticle(prose.text.slice(trimmed.start, trimmed.end));
  return { start: trimmed.end - bare.length, end: trimmed.end };
}

/** `as Landlord`, `in its capacity as Supplier`, `als Vermieter`. */
function roleIn(prose: Prose, name: Stretch, chunk: Stretch): Stretch | null {
  const rest = prose.folded.slice(name.end, chunk.end);
  const match =
    /\b(?:as(?: the)?|als|en (?:qualite|calidad) de|en tant que|como)\s+([a-z' -]{4,30}?)(?=[,;.\n(]|$)/.exec(
      rest,
    );
  if (!match || !isContractRole(match[1] ?? "")) return null;
  const start = name.end + match.index + match[0].length - (match[1] ?? "").length;
  return { start, end: start + (match[1] ?? "").length };
}

const ADDRESS_CUE =
  /\b(?:principal (?:office|place of business)|registered (?:office|address)|offices?|address|headquarter(?:s|ed)|seat|established|based|domicile|reside[sd]?|located|residing|place of business|resident|domiciled|mit (?:dem )?(?:haupt)?sitz|geschaftsansassig|wohnhaft|geschaftsanschrift|anschrift|ansassig|siege|sise?|demeurant|domicilie|con domicilio|y domicilio|domiciliad[oa]|con sede|domicilio)\b/;
/** Words between the announcement of an address and the address. */
const ADDRESS_LEAD =
  /^(?:[\s,:]|(?:is|are|being|at|in|of|and|located|situated|lying|business|social|mailing|postal|est|sis|sise|situee?|fixee?|etablie?|au|a|en|zu|unter|der|ist|legal|fiscal|profesional|a efectos de notificaciones)\b)+/;
const ADDRESS_STOP =
  /\(|;|\n\s*(?:and|und|et|y)\b|\s-\s|,?\s+(?:hereinafter|herein|a (?:corporation|company)|represented|acting|vertreten|nachfolgend|nachstehend|im folgenden|representee?|ci-?\s?apres|inscrit|registered (?:in|with|under)|and registered|company (?:no|number)|immatricule|registered number|eingetragen|handelsregister|(?:con|y) (?:nif|cif|dni|n\.i\.f|c\.i\.f|numero)|provist|duly|and whose|vat|phone|tel|email|en adelante|en lo sucesivo|mayor de edad|titulaire|de nationalite|nacid|as (?:the )?[a-z]+$|and\s+(?=[a-z]))|\.\s*$|\.\s+(?=[a-z]{4,})/;

/** An address in what stands behind a name: behind words that announce it, or a part with number and place. */
export function findPartyAddress(prose: Prose, rest: Stretch): Stretch | null {
  const folded = prose.folded.slice(rest.start, rest.end);
  const cue = ADDRESS_CUE.exec(folded);
  let start = cue ? cue.index + cue[0].length : -1;
  if (cue) start += ADDRESS_LEAD.exec(folded.slice(start))?.[0].length ?? 0;
  else {
    const part = /(?:^|,|\n|\bof\b)\s*(?:of\s+)?(?=[^,\n]{0,50}\d)/.exec(folded);
    if (!part) return null;
    start = part.index + part[0].length;
  }
  const stop = ADDRESS_STOP.exec(folded.slice(start));
  const end = start + (stop ? stop.index : folded.length - start);
  const found = trimStretch(prose, { start: rest.start + start, end: rest.start + end }, /[\s,;:.-]/);
  const text = textAt(prose, found);
  const plausible =
    text.length >= 8 && text.length <= 200 && /\p{Lu}/u.test(text) && (/\d/.test(text) || cue !== null);
  return plausible && /[\s,]/.test(text) ? found : null;
}

const SEPARATOR = /[,;]?\s+(?:and(?: between)?|und|et|y|e|sowie|en)[\s:,]+(?=\S)/g;

/** Parties of a sentence without short names: `between X and Y`. */
function partiesByIntro(prose: Prose, region: Stretch): ContractParty[] {
  let best: ContractParty[] = [];
  for (const match of prose.folded.slice(region.start, region.end).matchAll(INTRO)) {
    const start = region.start + match.index + match[0].length;
    const rest = prose.folded.slice(start, Math.min(region.end, start + 1_500));
    const stop =
      /\b(?:whereas|witnesseth|recitals|background|preamble|the parties|praambel|vorbemerkung|preambule)\b|\.\s+(?=[a-z]{3,})(?<!\b(?:inc|co|ltd|corp|no|st|mr|mrs|ms|dr)\.\s+)/.exec(
        rest,
      );
    const end = start + (stop ? stop.index : rest.length);
    const parties = chunksOf(prose, { start, end }).flatMap((chunk) => readParty(prose, chunk, null) ?? []);
    if (parties.length >= 2 && parties.length > best.length) best = parties;
  }
  return best;
}

function chunksOf(prose: Prose, { start, end }: Stretch): Stretch[] {
  const chunks: Stretch[] = [];
  let from = start;
  for (const match of prose.folded.slice(start, end).matchAll(SEPARATOR)) {
    const at = start + match.index;
    const behind = at + match[0].length;
    const name = nameAtStart(prose.text, prose.folded, { start: behind, end });
    const own = nameAtStart(prose.text, prose.folded, { start: from, end: at });
    if (!name || !own || at < own.end) continue;
    chunks.push({ start: from, end: at });
    from = behind;
  }
  chunks.push({ start: from, end });
  return chunks.slice(0, 8);
}

/** A party's values. */
export function partyDrafts(prose: Prose, party: ContractParty, at: string): DraftValue[] {
  const { name, role, address, reference, confidence } = party;
  const checked = checkName(prose.text, name) ?? name;
  return [
    printedValue(prose, `${at}/name`, checked, confidence),
    ...(role ? [printedValue(prose, `${at}/role`, role, confidence)] : []),
    ...(address ? [printedValue(prose, `${at}/address`, address, confidence - 0.1)] : []),
    ...(reference ? [printedValue(prose, `${at}/reference_name`, reference, confidence)] : []),
  ];
}
