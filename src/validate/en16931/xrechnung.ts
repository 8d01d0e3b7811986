import { isValidIBAN } from "ibantools";
import type { Part } from "./invoice.ts";
import {
  breaks,
  FULL,
  type GroupRule,
  HOLDS,
  named,
  type Outcome,
  requires,
  requiresGroup,
  type Rule,
} from "./rule.ts";

/** A rule of XRechnung and the version that brought it. */
export type XRechnungRule = Rule & { readonly since?: number };

const SELLER_CODES: ReadonlySet<string> = new Set(["S", "Z", "E", "AE", "K", "G", "L", "M"]);
const TYPES: ReadonlySet<string> = new Set(["326", "380", "384", "389", "381", "875", "876", "877"]);

/** `#SKONTO#TAGE=14#PROZENT=2.00#`, with the amount that it is reckoned on where that is not the amount due. */
const DISCOUNT = /^#SKONTO#TAGE=\d+#PROZENT=\d+\.\d{2}(?:#BASISBETRAG=-?\d+\.\d{2})?#$/;

const ATOM = '[\\w!#$%&"*+/=?^`{|}~-]+';
const MAIL = new RegExp(
  `^${ATOM}(?:\\.${ATOM})*@(?:[a-zA-Z\\d](?:[a-zA-Z\\d-]*[a-zA-Z\\d])?\\.)+[a-zA-Z\\d](?:[a-zA-Z\\d-]*[a-zA-Z\\d])?$`,
);

const SPECIFICATION =
  /^urn:cen\.eu:en16931:2017#compliant#urn:(?:xoev-de:kosit:standard|xeinkauf\.de:kosit)(?::extension)?:xrechnung[a-z:]*_\d+\.\d+(?:#.*)?$/;

function warning(rule: GroupRule): GroupRule {
  return { ...rule, severity: "warning" };
}

interface Means {
  readonly codes: readonly string[];
  readonly group: string;
  readonly others: readonly string[];
}

/** A payment's code wants its own group (-a) and excludes the groups of other means (-b). */
function meansRules(id: string, { codes, group, others }: Means): GroupRule[] {
  const applies = (means: Part): boolean => codes.includes(means.value("BT-81") ?? "");
  const rule = (part: "a" | "b", text: string, test: (means: Part) => Outcome): GroupRule => ({
    id: `${id}-${part}`,
    text,
    reach: FULL,
    on: "BG-16",
    terms: ["BT-81"],
    test: (means) => (applies(means) ? test(means) : null),
  });
  const list = codes.join(", ");
  return [
    rule("a", `Payment means ${list} have ${named(group)}.`, (means) =>
      means.parts(group).length > 0 ? HOLDS : breaks(`${named(group)} is missing.`),
    ),
    rule("b", `Payment means ${list} exclude ${others.map(named).join(" and ")}.`, (means) => {
      const given = others.filter((other) => means.parts(other).length > 0);
      return given.length === 0 ? HOLDS : breaks(`There is ${given.map(named).join(" and ")}.`);
    }),
  ];
}

function validIban(id: string, term: string, code: string): GroupRule {
  return warning({
    id,
    text: `${named(term)} is a right IBAN with payment means ${code}.`,
    reach: FULL,
    on: "BG-16",
    terms: [term],
    test: (means) => {
      const account = means.value(term)?.replace(/\s/g, "");
      if (means.value("BT-81") !== code || account === undefined) return null;
      return isValidIBAN(account) ? HOLDS : breaks("Its country, length or check digits are wrong.");
    },
  });
}

function matches(
  id: string,
  on: string,
  term: string,
  text: string,
  fits: (value: string) => boolean,
): GroupRule {
  return warning({
    id,
    text,
    reach: FULL,
    on,
    terms: [term],
    test: (part) => {
      const value = part.value(term);
      if (value === null) return null;
      return fits(value) ? HOLDS : breaks(`It is "${value}".`);
    },
  });
}

const sellerIdentified: GroupRule = {
  id: "BR-DE-16",
  text: "Amounts with VAT categories want the seller's VAT or tax number, or a tax representative.",
  reach: FULL,
  on: "BG-0",
  terms: ["BT-31", "BT-32", "BG-11"],
  test: (root, invoice) => {
    if (!invoice.taxed().some(({ category }) => SELLER_CODES.has(category ?? ""))) return null;
    const given = root.has("BT-31") || root.has("BT-32") || root.parts("BG-11").length > 0;
    return given ? HOLDS : breaks("None is given.");
  },
};

const discountsReadable: GroupRule = {
  id: "BR-DE-18",
  text: "A cash discount in the payment terms is written as #SKONTO#TAGE=n#PROZENT=n.nn#.",
  reach: FULL,
  on: "BG-0",
  terms: ["BT-20"],
  test: (root) => {
    const lines = (root.term("BT-20")?.content ?? "").split(/\r?\n/).map((line) => line.trim());
    const discounts = lines.filter((line) => line.startsWith("#"));
    const wrong = discounts.find((line) => !DISCOUNT.test(line));
    if (discounts.length === 0) return null;
    return wrong === undefined ? HOLDS : breaks(`It is "${wrong}".`);
  },
};

const correctionRefers: GroupRule = warning({
  id: "BR-DE-26",
  text: "A corrected invoice (384) names the invoice before it.",
  reach: FULL,
  on: "BG-0",
  terms: ["BG-3"],
  test: (root) => {
    if (root.value("BT-3") !== "384") return null;
    return root.parts("BG-3").length > 0 ? HOLDS : breaks(`${named("BG-3")} is missing.`);
  },
});

/** BR-DE-1 to BR-DE-31: what XRechnung demands beside EN 16931. BR-DE-22 (names of attachments) is left to the parser. */
export const XRECHNUNG: readonly XRechnungRule[] = [
  requiresGroup("BR-DE-1", "BG-16", FULL),
  requiresGroup("BR-DE-2", "BG-6", FULL),
  requires("BR-DE-3", "BG-5", ["BT-37"], FULL),
  requires("BR-DE-4", "BG-5", ["BT-38"], FULL),
  requires("BR-DE-5", "BG-6", ["BT-41"], FULL),
  requires("BR-DE-6", "BG-6", ["BT-42"], FULL),
  requires("BR-DE-7", "BG-6", ["BT-43"], FULL),
  requires("BR-DE-8", "BG-8", ["BT-52"], FULL),
  requires("BR-DE-9", "BG-8", ["BT-53"], FULL),
  requires("BR-DE-10", "BG-15", ["BT-77"], FULL),
  requires("BR-DE-11", "BG-15", ["BT-78"], FULL),
  requires("BR-DE-14", "BG-23", ["BT-119"], FULL),
  requires("BR-DE-15", "BG-0", ["BT-10"], FULL),
  sellerIdentified,
  matches("BR-DE-17", "BG-0", "BT-3", "The type is one that XRechnung knows.", (type) => TYPES.has(type)),
  discountsReadable,
  validIban("BR-DE-19", "BT-84", "58"),
  validIban("BR-DE-20", "BT-91", "59"),
  matches("BR-DE-21", "BG-0", "BT-24", "The specification is written as XRechnung writes it.", (id) =>
    SPECIFICATION.test(id),
  ),
  ...meansRules("BR-DE-23", { codes: ["30", "58"], group: "BG-17", others: ["BG-18", "BG-19"] }),
  ...meansRules("BR-DE-24", { codes: ["48", "54", "55"], group: "BG-18", others: ["BG-17", "BG-19"] }),
  ...meansRules("BR-DE-25", { codes: ["59"], group: "BG-19", others: ["BG-17", "BG-18"] }),
  correctionRefers,
  matches("BR-DE-27", "BG-6", "BT-42", "A telephone number has three digits or more.", (value) =>
    /(?:\d.*){3}/s.test(value),
  ),
  matches("BR-DE-28", "BG-6", "BT-43", "An e-mail address has one @ between words.", (value) =>
    MAIL.test(value),
  ),
  { ...requires("BR-DE-30", "BG-19", ["BT-90"], FULL), since: 3 },
  { ...requires("BR-DE-31", "BG-19", ["BT-91"], FULL), since: 3 },
];
