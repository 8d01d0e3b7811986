/**
 * What non-ASCII letters a language's text consists of. `usual` are the letters of most of its text, `other` the rest;
 * of languages that are written in Latin letters every one counts as usual.
 */
export interface Language {
  readonly usual: string;
  readonly other: string;
}

const latin = (letters: string): Language => ({ usual: letters + letters.toUpperCase(), other: "" });
/** Upper case letters of a script with cases stand for a tenth of its text. */
const cased = (usual: string, other: string): Language => ({
  usual,
  other: other + usual.toUpperCase() + other.toUpperCase(),
});

const WESTERN = [
  latin("äöüß"),
  latin("éèàçêôùûîïëœâ"),
  latin("áéíóúñü"),
  latin("ãõçáéíóúâêôà"),
  latin("àèéìòù"),
  latin("æøåé"),
  latin("åäöé"),
  latin("þðæöáéíóúý"),
  latin("éëïóèöü"),
];
const CENTRAL = [
  latin("ąćęłńóśźż"),
  latin("áčďéěíňóřšťúůýž"),
  latin("áäčďéíĺľňóôŕšťúýž"),
  latin("áéíóöőúüű"),
  latin("ăâîşţ"),
  latin("čćžšđ"),
  latin("äöüß"),
];
const TURKISH = [{ usual: "çğıöşüÇĞİÖŞÜâî", other: "" }];
const BALTIC = [latin("ąčęėįšųūž"), latin("āčēģīķļņšūž"), latin("äõöüšž")];
const CYRILLIC = [
  cased("оеаинтсрвлкмдпуя", "ыьзбгчйхжшюцщэфъё"),
  cased("оаинтвреслкмдпуія", "зьбгчйхжшюцщєфїґ"),
  cased("аоиенсртјуклвдмпг", "збчцшћђжњљфхџ"),
  cased("аоеитнрсвлкдпмъу", "зябгчщжшйцхфюь"),
];
const GREEK = [cased("αοιετσνηυρπκμλςάίόέ", "ωδγχθφβξζψήύώϊϋ")];
const HEBREW = [{ usual: "יוהלאתרבמשנ", other: "עדפחקכםגצטזןסךץףְֱֲֳִֵֶַָֹּ" }];
const ARABIC = [{ usual: "المنويرتبعة", other: "سدفهكحقجشصطخذزضغظءئؤأإآىًٌٍَُِّْ،؛؟پچژگ" }];
const THAI = [{ usual: "านรอกเงมยลวดทสตะปบคัิี่้", other: "หแจพชขใไโผธซณถศษภญฟฐฏฎฑฒฉฆฬฮฌฤๆฯำึืุู็์๊๋๐๑๒๓๔๕๖๗๘๙฿" }];
const VIETNAMESE = [
  { usual: "đăâêôơưàáèéìíòóùúýĐ\u0300\u0301\u0303\u0309\u0323", other: "ĂÂÊÔƠƯÀÁÈÉÌÍÒÓÙÚÝ" },
];

const CHINESE = [
  {
    usual:
      "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运單價數額稅號這個們來為國說時會對過後裡經種當沒動還進樣開從實軍無與長機關點業將兩間問應戰頭體見產製話給門論義幾條氣題爾別變總電報結務場計資許統區隊決馬書則聽卻達強難權設記類據邊張該規萬覺術領傳師觀識導爭運帶讓確買賣發東聲費貨訂期",
    other: "",
  },
];
const JAPANESE = [
  {
    usual:
      "のにはをたがでてとしれさるいもないこらなりかっまあすくきけだよそうせじえおみつやわどちめろばびほべぎげござずぜぞづぶぼゃゅょひふへむゆぐんァィゥェォアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンーガギグゲゴザジズゼゾダデドバビブベボパピプペポャュョッ日一人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午書先名川千水社会株式税込請求数量単価合計支払番号住所様御品代部新業者事方場合用市国",
    other: "",
  },
];
const KOREAN = [
  {
    usual:
      "이다는의에을를가고하지로한은기사도리어시자나해서인대정일스수그아보장원부라주구전제상비만과여무세성조동소유안진용니계금문공경들게요되면거내위있년개것적중신관발오산지학생국화물물회업연행방식때등실명선당단호번출통합액총월우미모말할했으와려분간",
    other: "",
  },
];

/** The encodings that are told apart, the commoner of two like ones first, with the languages written in them. */
export const ENCODINGS: readonly (readonly [string, readonly Language[]])[] = [
  ["windows-1252", WESTERN],
  ["iso-8859-15", WESTERN],
  ["windows-1250", CENTRAL],
  ["iso-8859-2", CENTRAL],
  ["windows-1251", CYRILLIC],
  ["koi8-r", CYRILLIC],
  ["koi8-u", CYRILLIC],
  ["iso-8859-5", CYRILLIC],
  ["ibm866", CYRILLIC],
  ["x-mac-cyrillic", CYRILLIC],
  ["windows-1253", GREEK],
  ["iso-8859-7", GREEK],
  ["windows-1254", TURKISH],
  ["windows-1255", HEBREW],
  ["iso-8859-8", HEBREW],
  ["windows-1256", ARABIC],
  ["iso-8859-6", ARABIC],
  ["windows-1257", BALTIC],
  ["iso-8859-4", BALTIC],
  ["windows-1258", VIETNAMESE],
  ["windows-874", THAI],
  ["macintosh", WESTERN],
  ["ibm850", WESTERN],
  ["shift_jis", JAPANESE],
  ["euc-jp", JAPANESE],
  ["gb18030", CHINESE],
  ["big5", CHINESE],
  ["euc-kr", KOREAN],
];

/** Encodings whose bytes above 0x7F go in pairs. */
export const DOUBLE_BYTE: ReadonlySet<string> = new Set(["shift_jis", "euc-jp", "gb18030", "big5", "euc-kr"]);
