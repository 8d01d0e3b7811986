import type { Language } from "../locale.ts";
import type { Random } from "../random.ts";

const SLOGANS: Partial<Record<Language, string>> = {
  en: "Since 1974|Quality you can rely on|Your partner for good work|Made with care|Service first, always|Proudly independent",
  de: "Qualität seit 1974|Ihr Partner vor Ort|Mit Sorgfalt gemacht|Service steht an erster Stelle",
  fr: "Depuis 1974|Votre partenaire de confiance|Le soin du détail|À votre service",
  es: "Desde 1974|Su socio de confianza|Hecho con cuidado|Siempre a su servicio",
};
const SMALL_PRINT: Partial<Record<Language, string>> = {
  en: "Goods remain our property until paid for in full.|Please quote our reference in all correspondence.|Registered office as above.|Complaints are accepted within 14 days of receipt.|This document was produced electronically and is valid without signature.|Calls may be recorded for training purposes.|Thank you for your business.|Office hours Monday to Friday, 8.30 to 17.00.",
  de: "Die Ware bleibt bis zur vollständigen Bezahlung unser Eigentum.|Es gelten unsere Allgemeinen Geschäftsbedingungen.|Dieses Dokument wurde maschinell erstellt und ist ohne Unterschrift gültig.|Gerichtsstand ist der Sitz der Gesellschaft.|Vielen Dank für Ihr Vertrauen.|Bürozeiten Montag bis Freitag von 8 bis 17 Uhr.",
  fr: "Document établi par voie électronique, valable sans signature.|Nos conditions générales sont disponibles sur demande.|Merci de votre confiance.|Toute réclamation doit nous parvenir sous 15 jours.|Bureaux ouverts du lundi au vendredi de 9 h à 17 h.",
  es: "Documento emitido electrónicamente, válido sin firma.|Gracias por su confianza.|Se aplican nuestras condiciones generales.|Horario de oficina de lunes a viernes de 9 a 18 horas.",
  it: "Documento emesso elettronicamente, valido senza firma.|Grazie per la fiducia.|Si applicano le nostre condizioni generali.",
  nl: "Dit document is elektronisch opgemaakt en geldig zonder handtekening.|Op al onze leveringen zijn onze voorwaarden van toepassing.|Dank voor uw vertrouwen.",
  pt: "Documento emitido eletronicamente, válido sem assinatura.|Obrigado pela preferência.|Aplicam-se as nossas condições gerais.",
  pl: "Dokument wystawiony elektronicznie, ważny bez podpisu.|Dziękujemy za zaufanie.|Obowiązują nasze ogólne warunki.",
  sv: "Dokumentet är framställt elektroniskt och gäller utan underskrift.|Tack för förtroendet.|Våra allmänna villkor gäller.",
  da: "Dokumentet er udarbejdet elektronisk og gyldigt uden underskrift.|Tak for tilliden.|Vore almindelige betingelser gælder.",
  no: "Dokumentet er laget elektronisk og gyldig uten underskrift.|Takk for tilliten.|Våre alminnelige vilkår gjelder.",
  fi: "Asiakirja on laadittu sähköisesti ja pätee ilman allekirjoitusta.|Kiitos luottamuksesta.|Noudatamme yleisiä sopimusehtoja.",
  cs: "Doklad byl vystaven elektronicky a platí bez podpisu.|Děkujeme za důvěru.|Platí naše všeobecné podmínky.",
};
const PAGE_MARKS: Record<Language, string> = {
  en: "Page {page} of {pages}|{page}/{pages}|- {page} -|Page {page}",
  de: "Seite {page} von {pages}|Seite {page}|{page}/{pages}",
  fr: "Page {page} sur {pages}|{page}/{pages}",
  es: "Página {page} de {pages}|Pág. {page}",
  it: "Pagina {page} di {pages}|Pag. {page}/{pages}",
  nl: "Pagina {page} van {pages}|{page}/{pages}",
  pt: "Página {page} de {pages}",
  pl: "Strona {page} z {pages}|Str. {page}",
  sv: "Sida {page} av {pages}|Sida {page}",
  da: "Side {page} af {pages}|Side {page}",
  no: "Side {page} av {pages}|Side {page}",
  fi: "Sivu {page}/{pages}|Sivu {page}",
  cs: "Strana {page} z {pages}|Strana {page}",
};

export function drawSlogan(language: Language, random: Random): string {
  return random.pick((SLOGANS[language] ?? "").split("|"));
}

/** Sentences that say nothing a field is for. */
export function drawSmallPrint(language: Language, random: Random, count: number): string[] {
  return random.some((SMALL_PRINT[language] ?? "").split("|"), count);
}

export function drawPageMark(language: Language, random: Random): string {
  return random.pick(PAGE_MARKS[language].split("|"));
}
