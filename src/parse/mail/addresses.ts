import { addressParser } from "postal-mime";
import type { Mailbox } from "../../model/message.ts";
import { decodeWords, oneLine } from "./encoded-words.ts";

/** Decoded words stand in for their encoded form while addresses are told apart: they may hold commas. */
const WORDS = /=\?[^?\s]{1,100}\?[bBqQ]\?[^?]*\?=(?:[ \t]+=\?[^?\s]{1,100}\?[bBqQ]\?[^?]*\?=)*/g;
const STAND_IN = /\uE000(\d+)\uE001/g;

/** Longest list that is read: newsletters with all receivers in one header reach some thousands. */
const MAX_LIST = 512 * 1024;

/**
 * Reads address lists (RFC 5322, 3.4), groups flattened, names decoded. Values are bytes in strings. A name without
 * an address is kept, with an empty address.
 */
export function mailboxes(values: readonly string[]): Mailbox[] {
  return values.flatMap((value) => readList(value.slice(0, MAX_LIST)));
}

function readList(value: string): Mailbox[] {
  const words: string[] = [];
  let plain = "";
  let from = 0;
  for (const match of value.matchAll(WORDS)) {
    plain += `${decodeWords(value.slice(from, match.index))}\uE000${words.length}\uE001`;
    words.push(decodeWords(match[0]));
    from = match.index + match[0].length;
  }
  plain += decodeWords(value.slice(from));
  const restore = (text: string): string =>
    oneLine(text.replace(STAND_IN, (_, index: string) => words[Number(index)] ?? ""));
  const found: Mailbox[] = [];
  for (const { name, address } of addressParser(plain, { flatten: true })) {
    const box = { name: restore(name) || null, address: restore(address ?? "") };
    if (box.name !== null || box.address !== "") found.push(box);
  }
  return found.flatMap(sentWithinWords);
}

/** Some senders encode name and address in one word. */
function sentWithinWords(box: Mailbox): Mailbox[] {
  const inside = box.address === "" ? /^(.*?)\s*<([^<>\s]+@[^<>\s]+)>$/.exec(box.name ?? "") : null;
  return [inside ? { name: inside[1]?.replace(/^"|"$/g, "") || null, address: inside[2] ?? "" } : box];
}

/** One author whose name holds commas that nobody quoted is one, not several. */
export function author(values: readonly string[]): Mailbox[] {
  const found = mailboxes(values);
  const [only, ...others] = found.filter(({ address }) => address !== "");
  if (!only || others.length > 0 || found.length === 1) return found;
  const name = found
    .map((box) => box.name)
    .filter((part) => part !== null)
    .join(", ");
  return [{ name: name || null, address: only.address }];
}
