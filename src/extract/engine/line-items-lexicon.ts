import { type Language, LEXICONS } from "../labels/all.ts";
import type { LabelKey, Lexicon } from "../labels/label-key.ts";
import type { LineItemField } from "./line-item.ts";

/** What a column of an item table can hold; `other` is known and not wanted. */
export type ColumnField = LineItemField | "gross_amount" | "gross_price" | "other";

/**
 * Names of columns, folded as `foldTokens` folds them. Languages: en, de, fr, es, it, pt, nl, pl, sv, da, no,
 * fi, cs, hu, ro, tr, hr. The longest name that a header cell holds decides.
 */
const NAMES: Readonly<Record<ColumnField, string>> = {
  line_number:
    "no|nr|#|pos|position|line|line no|line #|sl no|s no|sr no|sno|sl|item #|lfd nr|lfd|ligne|n|num|linea|riga|regel|lp|l p|rad|rivi|poz|sira|sira no|nr crt|c|pol|redni broj|rb|r br|poradi|sorszam|item no|pos nr|renglon",
  product_code:
    "item code|product code|sku|part no|part number|part|part #|article no|article number|art no|artno|code|item number|product no|product id|product number|stock code|material|material no|material number|model|model no|catalog no|cat no|upc|ean|gtin|isbn|item id|service id|artikelnummer|artikelnr|artikel nr|artikel no|art nr|artnr|artikel nummer|bestellnummer|bestell nr|best nr|sachnummer|teilenummer|materialnummer|produktnummer|reference|ref|ref article|code article|code produit|reference article|referencia|codigo|cod|clave|codice|cod articolo|codice articolo|articolo|codigo do produto|referencia artigo|artikelcode|productcode|artikelnummer|kod|kod produktu|indeks|symbol|artikelnummer|varenummer|varenr|vare nr|tuotekoodi|tuotenro|kod zbozi|kod polozky|cikkszam|cod produs|urun kodu|stok kodu|malzeme kodu|sifra|unsere art nr|art nr lief|art nr kunde|codice prodotto|codigo articulo|cod art",
  name: "item name|product name|artikelname|nom du produit|nombre del producto|nome prodotto|productnaam",
  description:
    "description|descriptions|item description|product description|description of goods|description of services|goods description|item|items|product|products|service|services|details|particulars|goods|goods and services|activity|work performed|item details|item & description|description of work|title|task|article|articles|service description|description of goods and services|products and services|beschreibung|bezeichnung|artikelbezeichnung|artikelbeschreibung|artikel|leistung|leistungen|leistungsbeschreibung|text|produkt|ware|warenbezeichnung|produktbezeichnung|artikel bezeichnung|positionstext|dienstleistung|gegenstand|designation|libelle|produit|produits|prestation|prestations|intitule|objet|nature|designation des produits|descripcion|concepto|detalle|articulo|producto|descripcion del producto|descripcion del articulo|descrizione|prodotto|descrizione articolo|descrizione dei beni|prodotti e servizi|descricao|descricao do produto|designacao|artigo|produto|discriminacao|omschrijving|artikel omschrijving|artikelomschrijving|omschrijving product|product omschrijving|nazwa|nazwa towaru|nazwa towaru uslugi|nazwa towaru lub uslugi|nazwa uslugi|opis|towar|benamning|beskrivning|artikel beskrivning|specifikation|beskrivelse|varebeskrivelse|vare|ydelse|tekst|kuvaus|tuote|nimike|selite|popis|nazev|oznaceni dodavky|polozka|nazov|megnevezes|termek|leiras|denumire|denumirea produselor|descriere|produs|aciklama|urun|hizmet|urun adi|mal hizmet|naziv|naziv artikla|opis usluge|keterangan|nama barang|deskripsi|perihal|butiran",
  quantity:
    "quantity|qty|qnty|quant|qty hr|qty hrs|hrs qty|hours|hrs|units|pcs|no of units|ordered|qty ordered|order qty|ordered qty|shipped|qty shipped|shipped qty|invoiced qty|count|days|nos|menge|anzahl|stunden|anz|stuckzahl|std|stuck|quantite|qte|nombre|nb|qte commandee|cantidad|cant|cant uds|unidades|uds|quantita|qta|q ta|q|quantidade|qtd|qtde|quant|aantal|stuks|uren|hoeveelheid|hoev|ilosc|il|liczba|antal|kvantitet|antall|mengde|maara|kpl maara|mnozstvi|pocet|mnozstvo|mennyiseg|menny|cantitate|cantitatea|cant|miktar|adet|kolicina|kol|kuantiti|jumlah barang|qty units|quantity ordered|volume|usage|qty pcs",
  unit: "unit|uom|u m|um|unit of measure|units of measure|einheit|einh|mengeneinheit|meng einheit|me|ve|unite|unidad|ud|udm|unita|unita di misura|unita misura|unidade|un|eenheid|jm|j m|jedn|jednostka|enhet|enhed|yksikko|yks|jednotka|mj|m j|merna jednotka|me egys|egyseg|mertekegyseg|birim|olcu birimi|jed mjere|jm|satuan",
  unit_price:
    "unit price|price|rate|unit cost|cost|price each|each|unit rate|price unit|price per unit|unit net price|net unit price|unit price net|rate per unit|hourly rate|price hour|cost each|unit value|your price|sales price|selling price|u p|up|u price|item price|cost per unit|list price|unit amount|unit price excl vat|unit price excl tax|rate hr|basic rate|einzelpreis|e preis|ep|einzel|preis|stuckpreis|stk preis|preis einheit|einzelpreis netto|nettopreis|netto einzelpreis|vk preis|einheitspreis|preis pro einheit|satz|stundensatz|vk preis ohne mwst|preis stk|p e|preis einh|netto preis|einzel preis|einzelpr|prix unitaire|prix|prix unitaire ht|pu|p u|pu ht|p u ht|prix unit|prix unit ht|px unit|prix ht|prix u|prix u ht|prix net|prix unitaire net|tarif|prix vente|puht|montant unitaire|precio|precio unitario|precio unit|p unit|p unitario|precio ud|precio unidad|valor unitario|p u neto|prezzo|prezzo unitario|prezzo unit|p unit|prezzo un|prezzo netto|prezzo unitario netto|importo unitario|preco|preco unitario|preco unit|pr unitario|vl unit|p unitario|valor unit|prijs|prijs per stuk|stukprijs|eenheidsprijs|prijs per eenheid|prijs excl|tarief|prijs excl btw|cena|cena jedn|cena jednostkowa|cena netto|cena jedn netto|cena jednostkowa netto|a pris|apris|pris|styckpris|enhetspris|pris enhet|stk pris|enhedspris|pris pr stk|pris per st|hinta|a hinta|yksikkohinta|jednotkova cena|cena za jednotku|cena za mj|cena mj|cena bez dph|egysegar|netto egysegar|ar|pret unitar|pret|pret unitar fara tva|birim fiyat|birim fiyati|fiyat|jed cijena|cijena|cijena jed|harga|harga satuan|harga seunit|u price rm|unit price rm",
  discount:
    "discount|disc|disc %|discount %|less disc|dis|rabatt|rabatt %|nachlass|rab|rab %|abzug|remise|rem|rem %|remise %|r %|descuento|dto|desc|dto %|% dto|sconto|sconti|sc|sconto %|sc %|desconto|korting|korting %|kort|rabat|rabat %|upust|alennus|ale|ale %|sleva|kedvezmeny|discount amount|reducere|iskonto|isk|popust|rab iznos|diskaun",
  tax_rate:
    "vat|vat %|vat rate|tax rate|tax %|tax|gst %|gst rate|sales tax|tax code|gst|mwst|mwst %|ust|ust %|ust satz|mwst satz|steuer|steuersatz|steuer %|st|tva|tva %|taux tva|taux|tx tva|taux de tva|iva|iva %|% iva|tipo iva|aliquota|aliquota iva|al iva|cod iva|% iva|c iva|taxa|taxa iva|tx iva|btw|btw %|btw tarief|btw perc|vat pct|stawka|stawka vat|vat stawka|moms|moms %|mva|mva %|momssats|alv|alv %|dph|dph %|sazba dph|sazba|% dph|afa|afa %|afa kulcs|cota tva|kdv|kdv %|kdv orani|pdv|pdv %|stopa|% mwst|% ust|% vat|% tva|% btw|tax rate %|igst %|cgst %|sgst %|tax type|ppn",
  tax_amount:
    "vat amount|tax amount|tax amt|gst amt|gst amount|mwst betrag|ust betrag|steuerbetrag|steuerbetrag eur|montant tva|valeur tva|iva importe|cuota iva|cuota|importo iva|imposta|valor iva|btw bedrag|kwota vat|vat kwota|wartosc vat|moms belopp|momsbelob|alv maara|castka dph|vyse dph|afa osszeg|afa ertek|valoare tva|valoarea tva|kdv tutari|iznos pdv|igst|cgst|sgst|igst amount|cgst amount|sgst amount",
  amount:
    "amount|total|line total|net amount|ext price|extended price|extended amount|extension|extended|line amount|total price|price total|subtotal|sub total|net total|net|net value|line value|total net|total cost|value|taxable value|taxable amount|total excl vat|total ex vat|amount excl vat|amount net|item total|total amount net|amt|total excl tax|net price total|line net total|line net amount|amount excl tax|total ex tax|ext amt|ext cost|taxable|betrag|gesamt|gesamtpreis|summe|gesamtbetrag|netto|nettobetrag|gesamt netto|netto gesamt|zeilenbetrag|entgelt|gp|g preis|positionsbetrag|wert|betrag netto|nettowert|gesamtpreis netto|zeilenbetrag ohne mwst|warenwert|summe netto|positionsbetrag ohne ust|zeilensumme|gesamt preis|netto betrag|gesamtwert|preis gesamt|montant|montant ht|total ht|prix total|prix total ht|montant net|total ligne|mt ht|montant h t|total net ht|montant net ht|total hors taxe|montant hors taxe|importe|importe neto|subtotal|neto|precio total|importe total|total neto|valor|valor total|importe eur|base imponible|importo|totale|prezzo totale|imponibile|importo netto|totale netto|prezzo tot|imp netto|valore|importo totale|valor liquido|total liquido|preco total|vl total|montante|valor iliquido|bedrag|totaal|totaalprijs|totaal excl|totaal excl btw|bedrag excl btw|bedrag excl|totaalbedrag|netto bedrag|subtotaal|wartosc|wartosc netto|kwota netto|kwota|wart netto|razem netto|netto wartosc|belopp|summa|totalt|radsumma|nettobelopp|belob|i alt|ialt|total dkk|sum|belop|yhteensa|veroton|veroton yhteensa|netto yhteensa|celkem|celkem bez dph|cena celkem|zaklad dane|spolu|osszesen|osszeg|netto ertek|ertek|netto osszeg|valoare|valoarea|valoare fara tva|total fara tva|tutar|toplam|tutari|mal hizmet tutari|toplam tutar|iznos|ukupno|vrijednost|jumlah|harga total|amount rm|amount usd|amount eur|total rm|total usd|total eur|nett|nett amount|nett amt",
  gross_amount:
    "gross amount|gross|total incl vat|total incl tax|total inc vat|amount incl vat|amount inc gst|total incl|amount incl tax|total amount|total inc tax|total incl gst|incl tax|brutto|bruttobetrag|gesamt brutto|brutto gesamt|betrag brutto|total ttc|montant ttc|ttc|prix ttc|total iva incluido|totale ivato|importo lordo|lordo|totaal incl|totaal incl btw|prijs incl btw|bedrag incl btw|wartosc brutto|kwota brutto|brutto wartosc|totalt inkl moms|celkem s dph|cena s dph|cena celkem s dph|brutto ertek|brutto osszeg|valoare cu tva|kdv dahil toplam|total gst incl|yhteensa sis alv|verollinen",
  gross_price:
    "gross price|unit price incl vat|price incl vat|mrp|bruttopreis|einzelpreis brutto|gross unit price|unit price incl tax|prix unitaire ttc|pu ttc|p u ttc|cena brutto|precio con iva|prezzo ivato|prijs incl|list price incl|retail price",
  date: "date|service date|datum|leistungsdatum|lieferdatum|date prestation|fecha|data|datum dienst|kuupaev|dato|pvm|tarih|date of service|delivery date",
  purchase_order_number:
    "po number|po no|p o number|order no|order number|bestellung|bestellnr|commande|n commande|pedido|ordine|order nr|purchase order",
  other:
    "hsn|hsn code|hsn sac|sac|sac code|currency|weight|location|status|notes|warehouse|category|variance|expected|actual|last audit|period|ship date|serial no|lot|batch|backordered|back order|b o|fob discount|due date|falligkeit|teilzahlung|art|kategorie|gross assessable value|remarks|terms|faelligkeit|balance|credit|debit|ship via|salesperson|account|job|discount type|colli|packages|country|origin|gewicht|poids|peso|warranty|tax base|steuerbasisbetrag|basisbetrag|grundbetrag|basismenge|base|base ht|steuerbasis|zu abschlag|taux de change|due|fecha vencimiento|payment",
};

/** Words that only narrow a column's name; they may stand in a header, and alone they say nothing. */
const FILLERS = new Set(
  "of per excl exkl ohne incl inkl inc incluido ex ht ttc hors taxe tax net netto brutto in eur usd gbp chf rm inr pln sek dkk nok czk huf ron try hrk aud cad sgd myr idr € $ £ ₹ % unit unite unitaire unitario einheit stuck stk pro der des de du la le and und et y e i en con sin bez s fara cu kdv vat mwst ust tva iva btw moms dph afa alv order ordered code nr no number gln ean gtin art amount price betrag preis prix rs each kunde lief total sum".split(
    " ",
  ),
);

export interface ColumnName {
  readonly tokens: readonly string[];
  readonly field: ColumnField;
}

const MAX_PIECES = 5;
const BY_LETTERS = new Map<string, ColumnField>();
const BY_FIRST = new Map<string, ColumnName[]>();
for (const [field, names] of Object.entries(NAMES))
  // The keys of the list are fields; Object.entries forgets it.
  for (const name of names.split("|")) addName(name.split(" "), field as ColumnField);

/** Labels of columns in the languages that are written in other letters; the names above are Latin. */
const FIELD_OF = {
  column_description: "description",
  column_quantity: "quantity",
  column_unit: "unit",
  column_price: "unit_price",
  column_amount: "amount",
  column_code: "product_code",
  tax: "tax_amount",
} as const satisfies Partial<Record<LabelKey, ColumnField>>;
const OTHER_LETTERS = ["el", "uk", "zh", "ja", "ko", "ar"] as const satisfies readonly Language[];
for (const language of OTHER_LETTERS) {
  const lexicon: Lexicon = LEXICONS[language];
  for (const [key, field] of Object.entries(FIELD_OF))
    // The keys of the table are those of labels; Object.entries forgets it.
    for (const label of lexicon[key as LabelKey] ?? []) addName(foldTokens(label), field);
}

function addName(tokens: readonly string[], field: ColumnField): void {
  const known = BY_FIRST.get(tokens[0] ?? "");
  const letters = tokens.join("");
  if (!BY_LETTERS.has(letters)) BY_LETTERS.set(letters, field);
  if (!known) BY_FIRST.set(tokens[0] ?? "", [{ tokens, field }]);
  else if (!known.some((other) => other.tokens.join("") === letters)) known.push({ tokens, field });
}
for (const names of BY_FIRST.values()) names.sort((a, b) => b.tokens.length - a.tokens.length);

/** A text in lower-case words without accents and punctuation; `%` and `#` are words of their own. */
export function foldTokens(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replace(/ß/gu, "ss")
    .replace(/[łøđ]/gu, (letter) => ({ ł: "l", ø: "o", đ: "d" })[letter] ?? letter)
    .replace(/ı/gu, "i")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");
  return plain.match(/[\p{L}\d]+|[%#€$£₹&]/gu) ?? [];
}

/** The longest column name that starts at a token, or null. Names whose letters are spaced apart are known too. */
export function columnNameAt(tokens: readonly string[], at: number): ColumnName | null {
  const names = BY_FIRST.get(tokens[at] ?? "");
  const whole = names?.find((name) => name.tokens.every((token, i) => tokens[at + i] === token)) ?? null;
  let run = tokens[at] ?? "";
  for (let length = 1; length <= MAX_PIECES && at + length <= tokens.length; length++) {
    if (length > 1) run += tokens[at + length - 1] ?? "";
    const field = run.length >= 5 ? BY_LETTERS.get(run) : undefined;
    if (field && length > (whole?.tokens.length ?? 0))
      return { tokens: tokens.slice(at, at + length), field };
  }
  return whole;
}

export function isHeaderFiller(token: string): boolean {
  return FILLERS.has(token);
}

const CURRENCY =
  /^(?:[€$£₹]|eur|euro|usd|gbp|chf|rm|inr|pln|sek|dkk|nok|czk|huf|ron|try|aud|cad|sgd|myr|idr|nzd|zar|jpy|cny|hkd)$/u;

/** Whether a header cell names a currency and nothing else. */
export function isCurrency(tokens: readonly string[]): boolean {
  return tokens.length > 0 && tokens.length <= 2 && tokens.every((token) => CURRENCY.test(token));
}

/** The field of a whole header cell: its longest name, the first of equals; null when it holds none. */
export function columnFieldOf(tokens: readonly string[]): ColumnField | null {
  let best: ColumnName | null = null;
  for (let at = 0; at < tokens.length; at++) {
    const name = columnNameAt(tokens, at);
    if (name && (best === null || name.tokens.length > best.tokens.length)) best = name;
  }
  if (!best) return null;
  return qualified(best.field, tokens);
}

/** An amount or price with tax in it is not the net one, whatever else its name says. */
function qualified(field: ColumnField, tokens: readonly string[]): ColumnField {
  const has = (...words: readonly string[]): boolean => words.some((word) => tokens.includes(word));
  const withTax = has("incl", "inkl", "ttc", "brutto", "gross", "ivato", "inc", "incluido", "lordo");
  const withoutTax = has("excl", "exkl", "ohne", "ht", "netto", "net", "ex", "bez", "fara");
  if (!withTax || withoutTax) return field;
  if (field === "amount") return "gross_amount";
  if (field === "unit_price") return "gross_price";
  return field;
}
