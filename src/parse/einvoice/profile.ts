import { valueOf } from "../../model/en16931.ts";
import type { Group, StructuredDocument } from "../../model/structured.ts";

type Profile = NonNullable<StructuredDocument["profile"]>;

/** What a specification identifier (BT-24) begins with or holds, and what that is called; the first that fits counts. */
const NAMES: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/xrechnung_(\d+(?:\.\d+)*)#conformant#.*extension/i, ([, version]) => `XRechnung ${version} Extension`],
  [/xrechnung:?_?cvd_?(\d+(?:\.\d+)*)?/i, ([, version = ""]) => `XRechnung CVD ${version}`],
  [/xrechnung_(\d+(?:\.\d+)*)/i, ([, version]) => `XRechnung ${version}`],
  [
    /urn:factur-x\.eu:(\d)p(\d):(\w+)/i,
    ([, major, minor, level = ""]) => `Factur-X ${major}.${minor} ${levelOf(level)}`,
  ],
  [
    /urn:zugferd\.de:(\d)p(\d):(\w+)/i,
    ([, major, minor, level = ""]) => `ZUGFeRD ${major}.${minor} ${levelOf(level)}`,
  ],
  [
    /urn:ferd:CrossIndustryDocument:invoice:(\d)p(\d):(\w+)/i,
    ([, major, minor, level = ""]) => `ZUGFeRD ${major}.${minor} ${levelOf(level)}`,
  ],
  [/urn:ferd:invoice:(?:[\d.]+|rc):(\w+)/i, ([, level = ""]) => `ZUGFeRD 1.0 RC ${levelOf(level)}`],
  [
    /urn:order-x\.eu:(\d)p(\d):(\w+)/i,
    ([, major, minor, level = ""]) => `Order-X ${major}.${minor} ${levelOf(level)}`,
  ],
  [/peppol\.eu:2017:poacc:billing:3\.0/i, () => "Peppol BIS Billing 3.0"],
  [/peppol\.eu:2017:poacc:selfbilling:3\.0/i, () => "Peppol BIS Self-Billing 3.0"],
  [
    /peppol:pint:([\w-]+)-\d(?:@([\w-]+)-\d)?/i,
    ([, what = "", country]) => `Peppol PINT ${what}${country ? ` ${country.toUpperCase()}` : ""}`,
  ],
  [
    /peppol\.eu:(?:poacc:)?trns:([a-z_]+):(\d[\d.]*)/i,
    ([, what = "", version]) => `Peppol ${what.replaceAll("_", " ")} ${version}`,
  ],
  [/nen\.nl:nlcius:v?(\d+(?:\.\d+)*)/i, ([, version]) => `NLCIUS ${version}`],
  [/(?:efactura\.mfinante\.ro|CIUS-RO):(?:CIUS-RO:)?(\d+(?:\.\d+)*)/i, ([, version]) => `CIUS-RO ${version}`],
  [/fatturapa\.gov\.it:CIUS-IT:(\d+(?:\.\d+)*)/i, ([, version]) => `CIUS-IT ${version}`],
  [/ehf|oioubl|svefaktura|finvoice/i, ([name]) => name.toUpperCase()],
  [/^urn:cen\.eu:en16931:2017$/i, () => "EN 16931"],
  [/^urn:cen\.eu:en16931:2017#/i, () => "EN 16931, narrowed or extended"],
];

const LEVELS: Readonly<Record<string, string>> = {
  basicwl: "BASIC WL",
  en16931: "EN 16931",
  comfort: "COMFORT",
};

function levelOf(level: string): string {
  return LEVELS[level.toLowerCase()] ?? level.toUpperCase();
}

/** The specification that a document says it follows (BT-24), and what it is called; null where it says none. */
export function profileOf(root: Group): Profile | null {
  const id = valueOf(root, "BT-24");
  if (id === null) return null;
  for (const [pattern, nameOf] of NAMES) {
    const match = pattern.exec(id);
    if (match) return { id, name: nameOf(match).trim() };
  }
  return { id, name: id };
}
