import type { Content, PartyBlock } from "./content.ts";
import type { Random } from "./random.ts";
import type { Actor, Scene } from "./scene.ts";
import { coin, drawPerson } from "./words/names.ts";
import { ROLES as W } from "./words/roles.ts";
import type { Wording } from "./wording.ts";

/** How an issuer shows who it is: a letterhead, or otherwise. */
type Guise = "head" | "window" | "party" | "sold" | "imprint";

const GUISES: readonly Guise[] = ["head", "head", "window", "window", "party", "party", "sold", "imprint"];

/**
 * Disguises the issuer of a known layout as houses do: a wordmark or a picture instead of a letterhead, the sender's
 * line over the address, a labelled block among the parties, `Sold by` in one line, or the small print alone.
 */
export function disguise(scene: Scene, issuer: Actor, content: Content, label: Wording): Content {
  const { house, unseen } = scene;
  const { letterhead } = content;
  if (unseen || !letterhead) return content;
  const guise = house.pick(GUISES);
  const sender = [issuer.name, ...issuer.address];
  const brand = house.chance(0.4) ? brandOf(scene, issuer) : "";
  const facts = house.chance(0.3) ? [...content.facts, contactOf(scene)] : content.facts;
  if (guise !== "head" && brand !== "" && brand === shortName(scene, issuer)) noteBrand(scene, issuer, brand);
  if (guise === "head") {
    return { ...content, facts, ...(house.chance(0.35) ? { imprint: imprintOf(scene, issuer, []) } : {}) };
  }
  const bare = { name: brand, address: [], contacts: guise === "sold" ? letterhead.contacts : [] };
  if (guise === "window") {
    const line = sender.join(house.pick([" · ", " • ", " - ", ", ", " | ", " – "]));
    const [first, ...others] = content.parties;
    return {
      ...content,
      facts,
      letterhead: bare,
      parties: first ? [{ ...first, over: line }, ...others] : [],
      imprint: imprintOf(scene, issuer, letterhead.contacts),
    };
  }
  if (guise === "imprint")
    return { ...content, facts, letterhead: bare, imprint: imprintOf(scene, issuer, letterhead.contacts) };
  if (guise === "party") {
    const own: PartyBlock = { label: scene.label(label), lines: [...sender, ...letterhead.contacts] };
    const last = house.chance(0.3);
    const parties = last ? [...content.parties, own] : [own, ...content.parties];
    return { ...content, facts, letterhead: { ...bare, contacts: [] }, parties };
  }
  const line = `${scene.word(label).replace(/[:.]$/u, "")}${house.pick([": ", " ", " : "])}${sender.join(", ")}`;
  return { ...content, facts, letterhead: { ...bare, seller: line } };
}

function formOf({ country }: Scene, name: string): string {
  const fits = country.forms.filter((form) => name.endsWith(` ${form}`));
  return fits.sort((a, b) => b.length - a.length)[0] ?? "";
}

/** A name without its legal form. */
function shortName(scene: Scene, { name }: Actor): string {
  return name.slice(0, name.length - formOf(scene, name).length).trim();
}

/** What stands large at the head: the name without its legal form, its first word, or another mark. */
function brandOf(scene: Scene, issuer: Actor): string {
  const { house } = scene;
  const kind = house.int(0, 3);
  if (kind < 2) return shortName(scene, issuer);
  return kind === 2 ? (issuer.name.split(" ")[0] ?? "") : coin(house);
}

/** A house that is known by its name without the legal form is given as it calls itself, and with its full name. */
function noteBrand({ truth }: Scene, issuer: Actor, brand: string): void {
  for (const pointer of ["/vendor", "/buyer", "/supplier"]) {
    if (brand === issuer.name || truth.get(`${pointer}/name`) !== issuer.name) continue;
    truth.set(`${pointer}/name`, brand);
    truth.set(`${pointer}/legal_name`, issuer.name);
  }
}

function contactOf(scene: Scene): Content["facts"][number] {
  return scene.extra(W.contact, drawPerson(scene.language, scene.random).name);
}

/** What the law or a bank wants to have on a letter, in columns. */
function imprintOf(scene: Scene, issuer: Actor, contacts: readonly string[]): (readonly string[])[] {
  const { house, language } = scene;
  const manager = `${scene.word(W.manager)}${house.pick([": ", " "])}${drawPerson(language, house).name}`;
  const register = `${scene.word(W.register)} ${house.pattern(house.pick(["######", "HRB ####", "### ### ###", "#####/####"]))}`;
  const bank = `${coin(house)} Bank`;
  const holder = `${scene.word(W.holder)}: ${issuer.name}`;
  const columns = [
    [issuer.name, ...issuer.address],
    contacts,
    house.chance(0.7) ? [register, manager] : [register],
    ...(house.chance(0.4) ? [house.chance(0.5) ? [bank, holder] : [bank]] : []),
  ].filter((column) => column.length > 0);
  return house.chance(0.25) ? house.shuffle(columns) : columns;
}

/** A party's block as it stands on letters: a salutation, a name on two lines, numbers, somebody's attention. */
export function dress(scene: Scene, block: PartyBlock, actor: Actor, random: Random): PartyBlock {
  if (scene.unseen) return block;
  const { language } = scene;
  const words = actor.name.split(" ");
  const last =
    words.length -
    formOf(scene, actor.name)
      .split(" ")
      .filter((word) => word !== "").length;
  const cut = words.length > 2 && last > 1 && random.chance(0.3) ? random.int(1, last) : words.length;
  const name = [words.slice(0, cut).join(" "), words.slice(cut).join(" ")].filter((line) => line !== "");
  const rest = block.lines.slice(1);
  const isPerson = words.length <= 2 && !/[&.]/.test(actor.name);
  const before = random.chance(0.12)
    ? [isPerson ? scene.word(W.salutation) : scene.word(W.firm)]
    : random.chance(0.05)
      ? [`GLN ${random.digits(13)}`]
      : [];
  const after = random.chance(0.2)
    ? [`${scene.word(W.attention)} ${drawPerson(language, random).name}`]
    : random.chance(0.08)
      ? [drawPerson(language, random).name]
      : [];
  const behind = random.chance(0.15) ? [random.chance(0.5) ? actor.taxId : actor.email] : [];
  return {
    ...block,
    lines: [...before, name.join("\n"), ...after, ...rest, ...behind].filter((line) => line !== ""),
  };
}
