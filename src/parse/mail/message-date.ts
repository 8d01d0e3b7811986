const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Minutes east of Greenwich by the names of RFC 5322, 4.3, and a few that are in use beside them. */
const ZONES: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  cet: 60,
  cest: 120,
  met: 60,
  mest: 120,
  jst: 540,
};

/** Longest value that is looked at: a date with its zone and a comment has 60 characters. */
const MAX_LENGTH = 300;
const TIME = /(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?![\d:])/;
const DAY_FIRST = /(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3})[a-z]*\.?[\s,-]+(\d{2,4})(?!\d)/;
const MONTH_FIRST = /(?<![a-z])([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?!\d)/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})[t ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)? ?(z|[+-]\d{2}:?\d{2})?$/;

/**
 * A Date header's value as ISO 8601 with the offset that it gives (RFC 5322, 3.3 and 4.3, asctime's order and ISO
 * itself too); without an offset where it gives none. Null for what is no date that exists.
 */
export function isoDate(value: string): string | null {
  const text = value
    .slice(0, MAX_LENGTH)
    .replace(/\([^()]*\)/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
  const iso = ISO.exec(text);
  if (iso) {
    const [, year, month, day, hour, minute, second, zone = ""] = iso;
    return written([year, month, day, hour, minute, second ?? "0"].map(Number), zoneOf(zone));
  }
  const time = TIME.exec(text);
  if (!time) return null;
  const before = text.slice(0, time.index);
  const behind = text.slice(time.index + time[0].length);
  const date = dateIn(before, behind);
  if (!date) return null;
  const clock = [time[1], time[2], time[3] ?? "0"].map(Number);
  return written([...date, ...clock], zoneOf(behind.replace(/(?<![+-]\d{0,3})\b\d{4}\b/, "").trim()));
}

function dateIn(before: string, behind: string): [number, number, number] | null {
  const usual = DAY_FIRST.exec(before);
  if (usual) return [fullYear(usual[3] ?? ""), monthOf(usual[2] ?? ""), Number(usual[1])];
  const clean = before.replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s*/, "");
  const american = MONTH_FIRST.exec(clean);
  const year = /(?<![\d+-])(\d{4})(?!\d)/.exec(clean)?.[1] ?? /(?:^|\s)(\d{4})(?!\d)/.exec(behind)?.[1];
  if (!american || year === undefined) return null;
  return [Number(year), monthOf(american[1] ?? ""), Number(american[2])];
}

/** Two digits are 1950 to 2049, three count from 1900 (RFC 5322, 4.3). */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return digits.length === 3 ? 1900 + year : year;
}

function monthOf(name: string): number {
  return MONTHS.indexOf(name) + 1;
}

/** Minutes of an offset; null where none is given or it is none that is known. */
function zoneOf(text: string): number | null {
  const [word = ""] = text.split(/[\s,]+/);
  const digits = /^(?:gmt|utc?)?([+-])(\d{1,2}):?(\d{2})$/.exec(word);
  if (digits) {
    const minutes = Number(digits[2]) * 60 + Number(digits[3]);
    return digits[1] === "-" ? -minutes : minutes;
  }
  // Letters of the armed forces were defined the wrong way round: RFC 5322 takes them for "-0000".
  return ZONES[word] ?? (/^[a-ik-y]$/.test(word) ? 0 : null);
}

function written(parts: readonly number[], zone: number | null): string | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  if (month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate())
    return null;
  if (year < 1900 || year > 9999 || hour > 23 || minute > 59 || second > 60) return null;
  if (zone !== null && Math.abs(zone) > 99 * 60 + 59) return null;
  const two = (value: number): string => String(value).padStart(2, "0");
  const at = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
  if (zone === null) return at;
  const size = Math.abs(zone);
  return `${at}${zone < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
