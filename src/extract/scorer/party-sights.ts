import { foldText } from "../../model/fold.ts";
import { findEmails, phonesOf, findWebsites } from "../engine/contacts.ts";
import { isHeading, isSentence } from "../engine/name-guards.ts";
import {
  hasBusinessWord,
  hasCasedForm,
  hasPostalCode,
  hasStreetWord,
  looksLikeAddress,
  nameLikeness,
} from "../engine/party-names.ts";
import type { Reading } from "../engine/reading.ts";
import { findTaxIds } from "../engine/tax-ids.ts";
import { findIbans } from "../engine/bank.ts";
import { type Segment } from "../engine/view.ts";
import type { LabelKey } from "../labels/label-key.ts";

/** What is seen of a segment when parties are looked for. */
export interface Sight {
  readonly legal: number;
  readonly business: number;
  readonly likeness: number;
  readonly letters: number;
  /** Share of digits. */
  readonly digits: number;
  readonly words: number;
  /** Share of capitals. */
  readonly upper: number;
  readonly address: number;
  readonly postal: number;
  readonly mail: number;
  readonly phone: number;
  readonly tax: number;
  readonly iban: number;
  /** Best quality of a title of documents, and of any other label. */
  readonly title: number;
  readonly label: number;
  readonly colon: number;
  readonly speech: number;
  readonly dated: number;
  readonly money: number;
}

const SIGHTS = new WeakMap<Reading, Map<Segment, Sight>>();

const LETTERS = /\p{L}/gu;
const DIGITS = /\d/g;
const CAPITALS = /\p{Lu}/gu;

export function sightOf(reading: Reading, segment: Segment): Sight {
  let known = SIGHTS.get(reading);
  if (!known) SIGHTS.set(reading, (known = new Map()));
  const before = known.get(segment);
  if (before) return before;
  const sight = look(reading, segment);
  known.set(segment, sight);
  return sight;
}

function look(reading: Reading, segment: Segment): Sight {
  const { text } = segment;
  const hits = reading.labels.get(segment) ?? [];
  const letters = text.match(LETTERS)?.length ?? 0;
  const digits = text.match(DIGITS)?.length ?? 0;
  return {
    legal: Number(hasCasedForm(text)),
    business: Number(hasBusinessWord(text)),
    likeness: nameLikeness(text),
    letters,
    digits: digits / Math.max(1, letters + digits),
    words: segment.words.length,
    upper: (text.match(CAPITALS)?.length ?? 0) / Math.max(1, letters),
    address: Number(looksLikeAddress(text)) + Number(hasStreetWord(text)),
    postal: Number(hasPostalCode(text)),
    mail: findEmails(segment).length + findWebsites(segment).length,
    phone: digits < 6 ? 0 : phonesOf(segment).length,
    tax: digits < 5 ? 0 : findTaxIds(segment).length,
    iban: digits < 10 ? 0 : findIbans(segment).length,
    title: hits.reduce((top, hit) => (hit.titles.size > 0 ? Math.max(top, hit.quality) : top), 0),
    label: hits.reduce((top, hit) => (hit.keys.size > 0 ? Math.max(top, hit.quality) : top), 0),
    colon: Number(/[:：]\s*$/.test(text)) + Number(/[:：]/.test(text)),
    speech: Number(isSentence(text)) + 2 * Number(isHeading(text)),
    dated: (reading.dates.get(segment) ?? []).length,
    money: (reading.money.get(segment) ?? []).length,
  };
}

/** Whom a text speaks of by the stems of its words, whatever its wording (13 languages). */
export interface Told {
  readonly seller: number;
  readonly buyer: number;
  readonly delivery: number;
  readonly bank: number;
  readonly person: number;
}

/** Longer texts are no label. */
const LONGEST_LABEL = 60;
const NOTHING: Told = { seller: 0, buyer: 0, delivery: 0, bank: 0, person: 0 };

const stems = (words: string): RegExp => new RegExp(`(?:^|[^\\p{L}])(?:${words.split(" ").join("|")})`, "u");
const SELLER = stems(
  "sell sold vend suppl fourniss proveed fornit forneced leveranc lieferant leverant leistungserb verkauf verkop sprzedaw dostawc prodav dodavat saljar selger saelger myyj toimittaj emett emis emit aussteller rechnungssteller issue absender afsender avsand afzender avsend mittent remit expedit wystawc odesil lahett provider from von de da van fra fran",
);
const BUYER = stems(
  "bill sold customer client client kund klant asiak zakazn buyer purchas invoice.?to charge empfanger kaufer acheteur acquir comprad nabyw koper kob kjop kop ostaja odberat kupuj destinat rechnung factur fattur faktur besteller auftragg committ zamaw objedn tilaa bestall bestil encomend solicit ordered command intestat to an a aan til till recipient",
);
const DELIVERY = stems(
  "deliver ship liefer livr entreg consegn lever toimit dostaw dodac konsign consign envi destinaz",
);
const BANK = stems(
  "account konto compte cuenta conto rekening conta rachun tili ucet bank benefic begunst titular titulaire intestat holder payable inhaber favor",
);
const PERSON = stems(
  "contact kontakt ansprech attention attn att. z. bearbeit sachbearb prepar represent manager director direktor direct geschaftsf vorstand gerant gerent administ prezes zarzad jednatel reditel toimitusj daglig referent interlocut agent osoba vyrizuje yhteysh kasittel signature sign cashier clerk c/o t.a.v",
);

export function toldBy(text: string): Told {
  if (text.length > LONGEST_LABEL || text === "") return NOTHING;
  const folded = foldText(text).trim();
  const test = (pattern: RegExp): number => Number(pattern.test(folded));
  return {
    seller: test(SELLER),
    buyer: test(BUYER),
    delivery: test(DELIVERY),
    bank: test(BANK),
    person: test(PERSON),
  };
}

export const PARTY_LABELS = [
  "vendor",
  "customer",
  "ship_to",
  "remit_to",
  "account_holder",
  "contact",
] as const satisfies readonly LabelKey[];
