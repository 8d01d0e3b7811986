/** Characters that have a control word (RTF 1.9.1, "Special characters"). */
export const CHARACTERS: Readonly<Record<string, string>> = {
  tab: "\t",
  line: "\n",
  lbr: "\n",
  emdash: "—",
  endash: "–",
  lquote: "‘",
  rquote: "’",
  ldblquote: "“",
  rdblquote: "”",
  bullet: "•",
  emspace: " ",
  enspace: " ",
  qmspace: " ",
};

/** Groups whose content is no text of the document. Of groups marked with `\*` only the known ones are read. */
export const SKIPPED: ReadonlySet<string> = new Set(
  "colortbl filetbl listtable listoverridetable rsidtbl generator pict nonshppict objdata objclass objname fldinst xe tc bkmkstart bkmkend themedata colorschememapping latentstyles datastore xmlnstbl revtbl sp do pnseclvl userprops passwordhash mmathPr ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn datafield formfield falt panose fontemb fontfile atnid atndate atnref atnparent atrfstart atrfend template filetbl".split(
    " ",
  ),
);

/** Groups marked with `\*` that hold text. */
export const READ_IF_KNOWN: ReadonlySet<string> = new Set([
  "shpinst",
  "shptxt",
  "annotation",
  "atnauthor",
  "nesttableprops",
  "footnote",
]);

/** Character sets of fonts as code pages (RTF 1.9.1, `\fcharset`). */
export const CHARSETS: Readonly<Record<number, number>> = {
  77: 10000,
  128: 932,
  129: 949,
  130: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
  255: 850,
};

/** The label of a code page for a decoder. */
export function labelOf(codePage: number): string {
  switch (codePage) {
    case 437:
    case 850:
      return "ibm850";
    case 866:
      return "ibm866";
    case 932:
      return "shift_jis";
    case 936:
      return "gb18030";
    case 949:
      return "euc-kr";
    case 950:
      return "big5";
    case 10000:
      return "macintosh";
    case 65001:
      return "utf-8";
    default:
      return codePage === 874 || (codePage >= 1250 && codePage <= 1258)
        ? `windows-${codePage}`
        : "windows-1252";
  }
}
