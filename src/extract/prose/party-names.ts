import type { Stretch } from "./prose.ts";

/** Words in a company's name that tell its form; they may stand behind a comma. */
const ORG_FORM =
  /^(?:inc|incorporated|llc|l\.l\.c|llp|l\.l\.p|l\.?p|ltd|limited|corp|corporation|company|co|plc|p\.l\.c|pllc|p\.?c|n\.?a|gmbh|mbh|ag|kg|ohg|gbr|ug|se|e\.?\s?v|e\.?\s?k|eg|kgaa|partg|s\.?\s?a|s\.?\s?a\.?\s?s\.?\s?u?|s\.?\s?a\.?\s?r\.?\s?l|sarl|eurl|sasu|sci|snc|s\.?\s?l\.?\s?u?|s\.?\s?l\.?\s?l|s\.?\s?coop|s\.?\s?c|s\.?\s?p\.?\s?a|s\.?\s?r\.?\s?l|b\.?\s?v|n\.?\s?v|vof|oy|oyj|ab|as|asa|a\/s|aps|sp\.?\s?z\s?o\.?\s?o|s\.?\s?r\.?\s?o|a\.?\s?s|kft|zrt|pty|pte|lda|ltda|jr|sr|ii|iii|md|m\.d|phd|esq)\b\.?/i;
const HAS_ORG_FORM =
  /(?:^|[\s,])(?:inc\.?|llc|l\.l\.c\.?|llp|ltd\.?|limited|corp\.?|corporation|company|plc|gmbh|ag|kg|ohg|ug|se|e\.v\.|s\.a\.?s?\.?|sas|sarl|s\.a\.r\.l\.?|eurl|s\.l\.?u?\.?|s\.p\.a\.?|s\.r\.l\.?|b\.v\.?|bv|n\.v\.?|oy|ab|a\/s|aps|pty|bank|university|universit[äa]t|city of|county of|state of|stadt|gemeinde|ayuntamiento|commune|trust|foundation|stiftung|association|verein|partners|group|holdings?)(?=$|[\s,.;:)])/i;
/** What stands before a name and is none of it, on folded text. */
const BEFORE_NAME =
  /^(?:[\s,;:.*-]+|\(?(?:\d{1,2}|[a-z]|i{1,3}|iv|v)[).]\s+|(?:de (?:una|otra)(?: parte)?|d'une part|d'autre part|einerseits|andererseits|on the one (?:hand|part)|on the other (?:hand|part)|of the (?:first|second) part|y|and|und|et|sowie)[,:\s]\s*|(?:the|der|die|das|dem|den|des|la|le|les|el|los|las|un|una|firma|unternehmen|societe|entreprise|sociedad|mercantil|entidad|empresa|compania|company|herrn?|frau|mr|mrs|ms|m|mme|d|dna|don|dona)\.?\s+(?=\S))/;
/** What ends a name, on folded text. */
const BEHIND_NAME =
  /\n|\s*[(;:"]|\s-\s|\s+(?:an?\s+(?:[a-z]+\s+){0,4}(?:corporation|company|limited|partnership|individual|natural|resident|citizen|non-?profit|trust|entity)|having|with\s+(?:its|his|her|a|an|offices?|registered|principal|company)|whose|located|situated|residing|resident|domiciled|registered|incorporated|established|based|of(?=\s+(?:flat|suite|unit))|hereinafter|hereafter|nachfolgend|nachstehend|im folgenden|ci-apres|en adelante|organi[sz]ed|existing|represented|acting|of(?=\s+\d)|and\s+(?:its|between)|as\s+(?:the\s+)?[a-z]+$|mit\s+(?:sitz|anschrift)|vertreten|wohnhaft|geschaftsansassig|geboren|dont|demeurant|representee?|immatricule|domicilie|ayant|sise?|societe\s+(?:par|anonyme|a)|au capital|con\s+(?:domicilio|sede|nif|cif|dni|n\.i\.f|c\.i\.f|d\.n\.i)|mayor de edad|representad|domiciliad|inscrita|provist)\b/;

/** A name at the beginning of a chunk of prose; the offsets are the text's. */
export function nameAtStart(text: string, folded: string, chunk: Stretch): Stretch | null {
  let { start } = chunk;
  for (let guard = 0; guard < 8; guard += 1) {
    const skipped = BEFORE_NAME.exec(folded.slice(start, Math.min(chunk.end, start + 60)));
    if (!skipped || skipped[0] === "") break;
    if (start + skipped[0].length >= chunk.end) break;
    if (isPartOfName(text, start, skipped[0])) break;
    start += skipped[0].length;
  }
  const rest = folded.slice(start, Math.min(chunk.end, start + 140));
  const stop = BEHIND_NAME.exec(rest);
  const limit = start + (stop ? stop.index : rest.length);
  const end = endAtComma(text, start, limit);
  return checkName(text, { start, end });
}

/** `The Coffee House Ltd` in capitals, `D. Smith`: an article that belongs to the name is written with it. */
function isPartOfName(text: string, start: number, skipped: string): boolean {
  const printed = text.slice(start, start + skipped.length);
  return (
    /^(?:The|THE|Die|La|Le|Les|El|Los)\s$/.test(printed) &&
    !/^(?:soci[eé]t[eé]|sociedad|mercantil|entidad|empresa|entreprise|compa|firma)/i.test(
      text.slice(start + skipped.length),
    ) &&
    HAS_ORG_FORM.test(text.slice(start, start + 60).split(/[,(\n]/)[0] ?? "")
  );
}

/** Names end at a comma, unless a legal form stands behind it. */
function endAtComma(text: string, start: number, limit: number): number {
  for (let at = start; at < limit; at += 1) {
    if (text.charAt(at) !== ",") continue;
    const behind = text.slice(at + 1, limit).trimStart();
    if (!ORG_FORM.test(behind)) return at;
  }
  return limit;
}

const NOT_A_NAME =
  /^(?:the undersigned|undersigned|on|at|whose|hereinafter|and|this|that|these|which|whereas|now|agreement|contract|section|article|clause|date|between|by|page|exhibit|schedule|annex|appendix|party|parties|signature|name|title|address|phone|tel|email|subject|regarding|re|vertrag|partei|datum|contrat|contrato|fecha|entre|zwischen)\b/i;

/** A stretch that looks like a name: capitals, few words, no sentence. */
export function checkName(text: string, { start, end }: Stretch): Stretch | null {
  let [from, to] = [start, end];
  while (from < to && /[\s,;:."'“”„«»*_-]/.test(text.charAt(from))) from += 1;
  while (to > from && /[\s,;:"'“”„«»*_-]/.test(text.charAt(to - 1))) to -= 1;
  const name = text.slice(from, to);
  const words = name.split(/\s+/);
  if (name.length < 3 || name.length > 110 || words.length > 14 || !/\p{L}{2}/u.test(name)) return null;
  if (!/^[\p{Lu}\d]/u.test(name) || NOT_A_NAME.test(name) || /_{3}|\.{4}|[?!]/.test(name)) return null;
  const capitals = words.filter((word) => /^["“(&]?[\p{Lu}\d&]/u.test(word)).length;
  if (capitals / words.length < 0.5) return null;
  return { start: from, end: to };
}

/** Whether a name shows a legal form or another sign of an organisation. */
export function looksLikeOrganisation(name: string): boolean {
  return HAS_ORG_FORM.test(name);
}

/** Two to five capitalised words without digits. */
export function looksLikePerson(name: string): boolean {
  return /^(?:\p{Lu}[\p{L}'’.-]*)(?:\s+(?:(?:de|del|la|van|von|der|den|di|da|le|y|bin|al|zu)\s+)*\p{Lu}[\p{L}'’.-]*){1,4}(?:,? (?:Jr|Sr|II|III|Esq|M\.?D|Ph\.?D|RN|DO|NP|PA)\.?)*$/u.test(
    name,
  );
}
