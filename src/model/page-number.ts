const PAGE_WORD =
  "(?:page|pg\\.?|p\\.|seite|blatt|pagina|pag\\.?|pagine|hoja|folha|strona|str\\.?|sida|side|sivu|strana|list|halaman|sheet|blad)";
const OF_WORD = "(?:of|von|de|sur|di|van|z|ze|av|af|kaikkiaan|\\/|daripada)";

/** A page's number as it is printed, folded: `page 3 of 7`, `seite 3`; the number, then of how many. */
export const PAGE_NUMBER = new RegExp(
  `(?<![a-z])${PAGE_WORD}\\s*:?\\s*(?:n[o.]*\\s*)?(\\d{1,3})\\s*(?:${OF_WORD}\\s*(\\d{1,3}))?(?![\\d.,])`,
);
