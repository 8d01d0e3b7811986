/** The upper halves of the DOS code pages that the platform does not decode itself. */
const DOS = {
  cp437:
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0",
  cp850:
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0",
  cp852:
    "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0",
} as const;

/** What names may be written in, the likelier first: of two that read equally well the first one counts. */
const CODE_PAGES = [
  "cp437",
  "cp850",
  "windows-1252",
  "gbk",
  "shift_jis",
  "euc-kr",
  "big5",
  "ibm866",
  "windows-1251",
  "cp852",
  "windows-1250",
  "koi8-r",
  "windows-1253",
] as const;
type CodePage = (typeof CODE_PAGES)[number];

/**
 * Names without a word on their code page, read as UTF-8 where they are, else in the code page in which all of them
 * together look most like words, `usual` where several do. `guessed` names that code page; null where nothing had to
 * be guessed.
 */
export function decodeNames(
  names: readonly Uint8Array[],
  usual: CodePage = "cp437",
): { readonly names: string[]; readonly guessed: string | null } {
  const foreign = names.filter((name) => decode(name, "utf-8") === null);
  if (foreign.length === 0) return { names: names.map((name) => decode(name, "utf-8") ?? ""), guessed: null };
  let best = usual;
  let most = -Infinity;
  for (const page of [usual, ...CODE_PAGES]) {
    const score = foreign.slice(0, 500).reduce((sum, name) => sum + plausibility(name, page), 0);
    if (score > most + 1e-9) [best, most] = [page, score];
  }
  return {
    names: names.map((name) => decode(name, "utf-8") ?? decode(name, best) ?? decode(name, "cp437") ?? ""),
    guessed: best,
  };
}

function decode(name: Uint8Array, encoding: CodePage | "utf-8"): string | null {
  if (encoding === "cp437" || encoding === "cp850" || encoding === "cp852") {
    const upper = DOS[encoding];
    return Array.from(name, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : upper[byte - 0x80])).join(
      "",
    );
  }
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(name);
  } catch {
    return null;
  }
}

const IMPOSSIBLE = -20;

/**
 * How much a name looks like words in a code page: a point for each byte that reads as a usual character beside its
 * like, minus points for signs that no name holds.
 */
function plausibility(name: Uint8Array, page: CodePage): number {
  const text = decode(name, page);
  if (text === null) return IMPOSSIBLE;
  return page === "gbk" || page === "big5" || page === "shift_jis" || page === "euc-kr"
    ? eastAsian(name, text, page)
    : alphabetic(text);
}

/** The rows of each set that hold its everyday characters, by their first byte. */
const EVERYDAY = {
  gbk: (lead: number, trail: number) => lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1,
  big5: (lead: number) => lead >= 0xa4 && lead <= 0xc6,
  "euc-kr": (lead: number, trail: number) => lead >= 0xb0 && lead <= 0xc8 && trail >= 0xa1,
  shift_jis: (lead: number, trail: number) =>
    (lead >= 0x88 && lead <= 0x97) ||
    (lead === 0x82 && trail >= 0x9f) ||
    (lead === 0x83 && trail <= 0x96) ||
    (lead === 0x81 && trail === 0x5b),
} as const;

/** Chinese and Korean fill the same rows: their commonest characters tell them apart, those of papers among them. */
const COMMON = {
  gbk: new Set(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严票合同审计附件",
  ),
  "euc-kr": new Set(
    "이다는에의가을를은들지도고하한서기사로인대자어나시정부일보리해그것수있아장만여제전과동경주상스원구성조공으관계연국신유무비적라문방세선당실화금물회안소생미야민소재개영중진간년결출음모내위법분산표발면요체명운용식심행업통교입강남북력반학거단드오트치양후차과복의호외속직접월평날더말증차예합순검토포마바번목록견청설현황용약규약파일급여거래영수증사업등록",
  ),
} as const;

function eastAsian(name: Uint8Array, text: string, page: keyof typeof EVERYDAY): number {
  let score = 0;
  for (let at = 0; at < name.length; at += 1) {
    const lead = name[at] ?? 0;
    if (lead < 0x80) continue;
    if (page === "shift_jis" && lead >= 0xa0 && lead <= 0xdf) {
      score -= 0.5;
      continue;
    }
    at += 1;
    score += EVERYDAY[page](lead, name[at] ?? 0) ? 2 : -0.5;
  }
  if (page === "gbk" || page === "euc-kr") {
    for (const character of text) if (COMMON[page].has(character)) score += 1;
  }
  return /[\p{Co}\p{Cc}\p{Cn}]/u.test(text) ? IMPOSSIBLE : score;
}

const SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];
const scriptOf = (character: string | undefined) =>
  character === undefined ? -1 : SCRIPTS.findIndex((script) => script.test(character));

function alphabetic(text: string): number {
  const characters = Array.from(text);
  let score = 0;
  for (const [at, character] of characters.entries()) {
    if (character.charCodeAt(0) < 0x80) continue;
    const script = scriptOf(character);
    const before = characters[at - 1];
    if (script < 0) score -= /[\u00a0«»°§–—„“”’№]/.test(character) ? 0.2 : 2;
    else score += beside(script, before, characters[at + 1]) + bend(before, character);
    if (/\p{Cc}/u.test(character)) score -= 5;
  }
  return score;
}

/** A letter stands among letters of its own script, or alone; accents seldom stand side by side. */
function beside(script: number, before: string | undefined, behind: string | undefined): number {
  if (script === 0 && (before ?? "") >= "\u0080") return -0.5;
  const around = [scriptOf(before), scriptOf(behind)].filter((other) => other >= 0);
  return around.every((other) => other === script) ? 1 : -1;
}

/** A capital behind a small letter is rare: it shows a code page in which the cases lie elsewhere. */
function bend(before: string | undefined, character: string): number {
  if (before === undefined) return 0;
  const small = /\p{Ll}/u.test(before);
  return small && /\p{Lu}/u.test(character) ? -1 : 0;
}
