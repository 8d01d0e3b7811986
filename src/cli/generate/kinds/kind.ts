import type { DocumentType } from "../../../model/extraction.ts";
import type { Content, Draft, Letterhead, Pair } from "../content.ts";
import type { Language } from "../locale.ts";
import type { Actor, Scene } from "../scene.ts";
import type { Wording } from "../wording.ts";
import { drawPageMark, drawSlogan, drawSmallPrint } from "../words/prose.ts";

/** A kind of document that can be drawn: one file each. */
export interface KindSpec {
  readonly type: DocumentType;
  readonly languages: readonly Language[];
  /** What it is drawn on: ordinary pages, a till's roll, or a card on a page. */
  readonly form: "page" | "roll" | "card";
  readonly draw: (scene: Scene) => Draft;
}

export const FOUR_LANGUAGES = ["en", "de", "fr", "es"] as const satisfies readonly Language[];

const TAX_ID: Wording = {
  en: "VAT No.|VAT Reg. No.|VAT ID|Tax ID||VAT registration",
  de: "USt-IdNr.|UID||Umsatzsteuer-ID",
  fr: "N° TVA|TVA intracom.||Id. TVA",
  es: "NIF|CIF||N.I.F.",
  it: "P.IVA|Partita IVA||Part. IVA",
  nl: "BTW-nr.|BTW||Btw-identificatie",
  pt: "NIF|NIPC||Contribuinte n.º",
  pl: "NIP||NIP UE",
  sv: "VAT-nr|Momsreg.nr||Momsregistreringsnummer",
  da: "CVR-nr.|SE-nr.||CVR",
  no: "Org.nr.||Foretaksregisteret",
  fi: "ALV-nro|Y-tunnus||VAT-tunnus",
  cs: "DIČ||Daňové ident. č.",
};
const PHONE: Wording = {
  en: "Tel|Phone|T:||Telephone",
  de: "Tel.|Telefon||Fon",
  fr: "Tél.|Téléphone||Tél",
  es: "Tel.|Teléfono||Tlf.",
  it: "Tel.",
  nl: "Tel.|Telefoon",
  pt: "Tel.|Telefone",
  pl: "tel.",
  sv: "Tel|Telefon",
  da: "Tlf.|Telefon",
  no: "Tlf.|Telefon",
  fi: "Puh.",
  cs: "Tel.",
};

/** Notes who has issued a document, and gives its letterhead: a part of the details, always the same of one house. */
export function issue(
  scene: Scene,
  pointer: string,
  actor: Actor,
  options: { tax?: boolean } = {},
): Letterhead {
  const { house, truth } = scene;
  truth.set(`${pointer}/name`, actor.name);
  truth.set(`${pointer}/address`, actor.address.join(", "));
  const contacts: string[] = [];
  if (house.chance(0.7)) {
    truth.set(`${pointer}/phone`, actor.phone);
    contacts.push(`${scene.word(PHONE)} ${actor.phone}`);
  }
  if (house.chance(0.5)) {
    truth.set(`${pointer}/email`, actor.email);
    contacts.push(actor.email);
  }
  if (house.chance(0.5)) {
    truth.set(`${pointer}/website`, actor.website);
    contacts.push(actor.website);
  }
  if (options.tax === true && house.chance(0.8)) {
    truth.set(`${pointer}/tax_id`, actor.taxId);
    contacts.push(`${scene.word(TAX_ID)}${house.pick([" ", ": "])}${actor.taxId}`);
  }
  const slogan = house.chance(0.25) ? drawSlogan(scene.language, house) : "";
  return {
    name: actor.name,
    ...(slogan === "" ? {} : { slogan }),
    address: house.chance(0.5) ? [actor.address.join(", ")] : actor.address,
    contacts,
  };
}

/** The draft of what was noted in the scene, with noise in its footer. */
export function finish(
  scene: Scene,
  issuer: string,
  content: Omit<Content, "footer" | "pageMark"> & { footer?: readonly string[] },
): Draft {
  const { house, truth } = scene;
  const footer = [...(content.footer ?? []), ...drawSmallPrint(scene.language, house, house.int(0, 2))];
  const pageMark = house.chance(0.6) ? { pageMark: drawPageMark(scene.language, house) } : {};
  return { content: { ...content, footer, ...pageMark }, data: truth.data, printed: truth.printed, issuer };
}

/** Two dates, as two labelled values or as one range. */
export function period(
  scene: Scene,
  pointers: readonly [string, string],
  wordings: { range: Wording; from: Wording; to: Wording },
  [start, end]: readonly [string, string],
): Pair[] {
  const { house, truth } = scene;
  if (house.chance(0.5)) {
    return [scene.datePair(pointers[0], wordings.from, start), scene.datePair(pointers[1], wordings.to, end)];
  }
  truth.set(pointers[0], start, scene.date(start));
  truth.set(pointers[1], end, scene.date(end));
  const between = house.pick([
    " - ",
    " – ",
    { en: " to ", de: " bis ", fr: " au ", es: " al " }[scene.language as "en"] ?? " - ",
  ]);
  return [{ label: scene.label(wordings.range), value: `${scene.date(start)}${between}${scene.date(end)}` }];
}

/** Pairs that a house leaves out are left out in all of its documents. `make` is called for those that stay. */
export function optional(scene: Scene, share: number, make: () => Pair | Pair[]): Pair[] {
  if (!scene.house.chance(share)) return [];
  const made = make();
  return Array.isArray(made) ? made : [made];
}
