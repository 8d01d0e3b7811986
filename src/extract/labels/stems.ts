/** What a word of a label is about, whatever the label's exact wording. */
export type Concept =
  | "number"
  | "invoice"
  | "credit"
  | "date"
  | "issued"
  | "due"
  | "pay"
  | "order"
  | "customer"
  | "addressed"
  | "deliver"
  | "total"
  | "net"
  | "tax"
  | "open"
  | "paid"
  | "discount"
  | "charge"
  | "rounding"
  | "goods"
  | "your"
  | "our"
  | "account"
  | "terms";

/**
 * Beginnings of words by concept, folded; `=word` is the whole word. Languages: en, de, fr, es, it, nl, pt, pl, sv, da,
 * no, fi, cs.
 */
export const STEMS: Readonly<Record<Concept, string>> = {
  number:
    "number num =no =nr =# =n =nro =num =id nummer numero numer cislo =c =č ident code codigo codice kod document dokument =doc documento belegn bilag tosite doklad =serial =ref refer viite znacka",
  invoice:
    "invoice =inv bill rechnung faktur factur fattur fatur lasku racun regning rakning nota =fra =ft vyuct",
  credit: "credit kredit gutschrift avoir credito hyvit dobropis korekt korrekt korrigu",
  date: "date dat =fecha =pvm paiv =dnia =dne =day =tag =jour =giorno =dia",
  issued:
    "issu ausgest ausstell emis emiss emit etabl erstellt wystaw vystav utstall udsted utsted laadit expedi raised dated",
  due: "=due fallig falli forfall forfald echeance scaden vencim verval eraj erap =termin termine =deadline splatn betaal =limite =before =until =by =bis =avant =antes =entro =voor =innen =senast =senest =viimeistaan =latest =spatest",
  pay: "pay paid zahl zahlb regl payer pagar pagam pago betal plac zaplat platn platb maks uhrad uhrazen settle begleich",
  order:
    "order bestell auftrag command pedido ordin encomend zamow objedn tilau beställ bestall bestill =po purchase",
  customer: "customer client kund klant cliente klient asiak zakazn debit debitor relatie kontrah odberat",
  addressed:
    "bill sold charg empfanger kaufer acquir comprad nabyw koper kob kjop kop ostaja odberat destinat kupuj",
  deliver: "deliver ship liefer livr entreg conseg lever toimit dostaw dodac dorucen warenempf consign envio",
  total:
    "total gesamt summ grand celk yhteens razem =suma endbetrag somme =sum =ialt ttc brutto slut loppu ukupn",
  net: "net subtotal zwischen imponib =ht excl exkl ohne =bez veroton zaklad base =zonder =sin =uden =uten mellan mezisou netto hors",
  tax: "tax vat mwst ust umsatzst mehrwertst tva iva btw moms mva alv dph podat gst steuer impuest impost",
  open: "open offen rest outstand balance saldo sald pendient openst kvar jaljell avoin zbyv restant remain owed owing payable zahlbet schuld",
  paid: "paid anzahl acompte anticip prepaid forskud forskott forskudd zaloh zalicz ennakko vooruit voorschot deposit received erhalten bezahlt betald betalt versement wplac maksettu uhrazen adelant reçu recu",
  discount: "discount rabat rabatt remise descuent scont korting desconto slev alennus nachlass abzug reduc",
  charge:
    "shipp freight fracht versand porto port transport spese kulj rahti dopr frakt frag verzend envio gastos expedition koszt handling packing",
  rounding: "round rund arrond redonde arroton afrond zaokr avrund pyorist oresav zaokrouh",
  goods:
    "goods lines position items waren ware varer varor varu march mercan artic tavar polozk pozycj product produkt regels",
  your: "your =ihr =ihre votre =vos =su vostr =vs uw panst =er =ert =deres teidan vase vas vash =v",
  our: "our =unser notre =nos =nuestro nostr =ns onze nasz =var =vart =vores =var meidan nase",
  account: "account konto compte cuenta conto rekening conta rachun kont tili ucet iban",
  terms: "terms condit bedingung condizion condic voorwaard warunk villkor vilkar betingel ehdot ehto podmin",
};
