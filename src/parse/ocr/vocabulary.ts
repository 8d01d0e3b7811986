import { isFrequent } from "./language.ts";

/**
 * Words that papers print in their heads and labels, folded to plain letters: legal forms, trades, streets and
 * buildings, and the regions and large towns that addresses end with. A reading that a letter parts from one of them is
 * looked at again; no other word is lost for not being here.
 */
const WORDS: ReadonlySet<string> = new Set(
  [
    "sdn bhd berhad enterprise enterprises trading holdings holding limited company corporation incorporated group",
    "gmbh handelsgesellschaft aktiengesellschaft gesellschaft societe sociedad limitada anonima vennootschap",
    "industries industry industrial services service solutions supplies supply marketing management international",
    "resources technology technologies engineering electrical hardware machinery stationery stationers restaurant",
    "restoran kedai pasar pasaraya perniagaan syarikat perusahaan supermarket hypermarket market mart store stores",
    "shop bakery bakeries pharmacy farmasi clinic klinik hospital hotel motor motors auto tyre optical furniture",
    "packaging printing advertising fashion boutique beauty health healthcare seafood kitchen coffee bistro foods",
    "food catering beverage wholesale retail retailers departmental electronics computer mobile communication",
    "communications construction building materials paint lighting petroleum station petrol stesen minyak carpark",
    "parking books book video photo music sports toys gifts flowers florist jewellers garden cafe",
    "jalan jln lorong persiaran lebuh lebuhraya taman bandar kampung kawasan perindustrian seksyen section batu",
    "mukim bukit desa pusat perdagangan wisma menara plaza kompleks bangunan tingkat medan dataran simpang kota",
    "baru jaya indah utama damansara ground floor level basement block lot unit suite building tower centre center",
    "complex mall park road street avenue lane drive boulevard square highway district south north east west upper",
    "lower strasse platz allee rue place boulevard avenida calle carrer plaza viale piazza corso straat laan",
    "selangor johor melaka malacca perak kedah kelantan terengganu pahang penang pinang perlis sabah sarawak negeri",
    "sembilan labuan putrajaya wilayah persekutuan darul ehsan takzim kuala lumpur shah alam petaling klang subang",
    "puchong cheras kepong ampang kajang rawang serdang serembang seremban ipoh skudai bahru kuching kinabalu kluang",
    "georgetown butterworth cyberjaya semenyih bangi balakong kembangan setapak segambut sentul gombak selayang",
    "batangkali muar pahat kuantan malaysia singapore indonesia jakarta thailand bangkok philippines manila australia",
    "sydney melbourne brisbane victoria queensland canada ontario toronto vancouver london manchester birmingham",
    "england scotland ireland dublin kingdom united states california florida texas york washington chicago boston",
    "deutschland germany berlin hamburg munchen frankfurt stuttgart osterreich wien schweiz zurich france paris lyon",
    "marseille espana madrid barcelona valencia sevilla italia roma milano torino napoli nederland amsterdam rotterdam",
    "belgie belgique bruxelles portugal lisboa porto sverige stockholm danmark kobenhavn norge oslo polska warszawa",
    "january february march april june july august september october november december monday tuesday wednesday",
    "thursday friday saturday sunday telephone email website registration reg cashier counter customer member table",
    "terminal operator salesperson server salesman document simplified original duplicate reprint description unit",
    "rounding rounded adjustment inclusive exclusive inclusive summary tendered nett gross exempt rated standard",
    "credit debit visa mastercard approval merchant goods sold returnable refundable exchange please welcome again",
    "visit purchase sales delivery terms statement account bank branch signature authorised received issued",
  ].flatMap((line) => line.split(" ")),
);

const LEAST_LETTERS = 3;

/** A word's letters, folded: what it is looked up by. */
export function lettersOf(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[^\p{L}\d]+/gu, "")
    .replace(/\p{M}/gu, "");
}

/** Whether a text is, but for the signs at its ends, a word that papers print often, or one of `also`. */
export function isKnownWord(text: string, also?: ReadonlySet<string>): boolean {
  const letters = lettersOf(text);
  if (letters.length < LEAST_LETTERS) return isFrequent(text);
  return WORDS.has(letters) || isFrequent(text) || (also?.has(letters) ?? false);
}
