import type { Mailbox, MessageHeaders } from "../../../model/message.ts";
import type { FlowBlock } from "../../flow/flow.ts";
import { decodeText } from "../charset.ts";
import { fieldsOf, type HeaderFields } from "../header-fields.ts";
import { htmlCharset } from "../content-ids.ts";
import { messageHeaders } from "../message-headers.ts";
import { type BodyLimits, chooseBody, type MailBody, type Rendered, renderText } from "../read-body.ts";
import { latin1 } from "../read-lines.ts";
import type { CompoundStorage } from "./compound-file.ts";
import { decompressRtf } from "./compressed-rtf.ts";
import { codePageOf, namedIds, type Properties, readProperties } from "./properties.ts";
import { rtfText } from "./rtf-text.ts";

/** Ids of properties ([MS-OXPROPS]). */
const ID = {
  messageClass: 0x001a,
  subject: 0x0037,
  submitTime: 0x0039,
  deliveryTime: 0x0e06,
  creationTime: 0x3007,
  transportHeaders: 0x007d,
  messageId: 0x1035,
  references: 0x1039,
  inReplyTo: 0x1042,
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  internetCodePage: 0x3fde,
  displayName: 0x3001,
  addressType: 0x3002,
  address: 0x3003,
  smtpAddress: 0x39fe,
  receiverType: 0x0c15,
} as const;

/** Where a sender's name, address and SMTP address stand: who sent it, and on whose behalf. */
const SENDERS = [
  { name: 0x0042, type: 0x0064, address: 0x0065, smtp: 0x5d02 },
  { name: 0x0c1a, type: 0x0c1e, address: 0x0c1f, smtp: 0x5d01 },
] as const;

const RECEIVERS = { to: 1, cc: 2, bcc: 3 } as const;

/** A message of Outlook as its properties give it. */
export interface MsgContent {
  readonly message: MessageHeaders;
  readonly body: MailBody;
  readonly metadata: Readonly<Record<string, string>>;
  /** The encoding of its text that is not Unicode. */
  readonly charset: string | null;
}

/** Reads a message's headers and body. `headBytes` as in `readProperties`. */
export function readMsg(root: CompoundStorage, headBytes: number, limits: BodyLimits): MsgContent {
  const properties = readProperties(root, headBytes);
  const messageClass = properties.text(ID.messageClass) ?? "";
  const created = properties.time(ID.creationTime);
  const body = bodyOf(properties, limits);
  const details = detailsOf(root, properties, messageClass);
  return {
    message: headersOf(root, properties),
    body: { ...body, blocks: [...details, ...body.blocks] },
    metadata: {
      ...(messageClass === "" ? {} : { message_class: messageClass }),
      ...(created === null ? {} : { created }),
    },
    charset: properties.charset,
  };
}

/** What the message itself says comes first: the headers that it travelled with, then its properties. */
function headersOf(root: CompoundStorage, properties: Properties): MessageHeaders {
  const sent = messageHeaders(transportHeaders(properties.text(ID.transportHeaders) ?? ""));
  const filled = <T>(own: readonly T[], other: () => T[]): T[] => (own.length > 0 ? [...own] : other());
  const receivers = receiversOf(root, properties.charset);
  const single = (id: number): string | null => properties.text(id)?.replace(/[<>\s]/g, "") || null;
  const subject = subjectOf(properties);
  return {
    from: filled(
      sent.from.filter(({ address }) => address !== ""),
      () => senderOf(properties, Object.values(receivers).flat()),
    ),
    to: filled(sent.to, () => receivers.to),
    cc: filled(sent.cc, () => receivers.cc),
    bcc: filled(sent.bcc, () => receivers.bcc),
    reply_to: sent.reply_to,
    subject: subject !== "" ? subject : sent.subject,
    date: sent.date ?? properties.time(ID.submitTime) ?? properties.time(ID.deliveryTime),
    message_id: sent.message_id ?? single(ID.messageId),
    in_reply_to: sent.in_reply_to ?? single(ID.inReplyTo),
    references: filled(
      sent.references,
      () => properties.text(ID.references)?.match(/[^<>\s]+@[^<>\s]+/g) ?? [],
    ),
  };
}

/** A message's subject; a mark and a letter before it say how long its prefix is (`RE: `). */
export function subjectOf(properties: Properties): string {
  const text = properties.text(ID.subject) ?? "";
  return (text.charCodeAt(0) === 1 ? text.slice(2) : text).trim();
}

function transportHeaders(text: string): HeaderFields {
  const lines = text.split(/(?<=\n)/).filter((line) => line.trim() !== "");
  return fieldsOf(lines.map((line) => new TextEncoder().encode(line))).header;
}

/** Who sent it; an address that only his organisation knows is looked up among the receivers, who may be himself. */
function senderOf(properties: Properties, known: readonly Mailbox[]): Mailbox[] {
  for (const { name, type, address, smtp } of SENDERS) {
    const box = mailboxOf({
      name: properties.text(name),
      type: properties.text(type),
      address: properties.text(address),
      smtp: properties.text(smtp),
    });
    if (!box) continue;
    const found = box.address || known.find((other) => other.name === box.name)?.address || "";
    return [{ ...box, address: found }];
  }
  return [];
}

function receiversOf(
  root: CompoundStorage,
  charset: string | null,
): Record<keyof typeof RECEIVERS, Mailbox[]> {
  const receivers = { to: [] as Mailbox[], cc: [] as Mailbox[], bcc: [] as Mailbox[] };
  for (const storage of root.storages) {
    if (!storage.name.startsWith("__recip_version1.0_#")) continue;
    const properties = readProperties(storage, 8, charset);
    const box = mailboxOf({
      name: properties.text(ID.displayName),
      type: properties.text(ID.addressType),
      address: properties.text(ID.address),
      smtp: properties.text(ID.smtpAddress),
    });
    const type = (properties.number(ID.receiverType) ?? 1) & 0xf;
    const list = type === RECEIVERS.cc ? receivers.cc : type === RECEIVERS.bcc ? receivers.bcc : receivers.to;
    if (box) list.push(box);
  }
  return receivers;
}

interface RawMailbox {
  readonly name: string | null;
  readonly type: string | null;
  readonly address: string | null;
  readonly smtp: string | null;
}

/** An address inside an organisation (X.500) is none that anybody outside can use: the SMTP one, or none. */
function mailboxOf({ name, type, address, smtp }: RawMailbox): Mailbox | null {
  const given = [smtp, address, name].find((text) => text !== null && /^[^\s@/]+@[^\s@]+$/.test(text.trim()));
  const inside = type === "EX" || /^\/o=/i.test(address ?? "");
  const found = (given ?? (inside ? "" : (address ?? ""))).trim();
  const shown = (name ?? "").replace(/^'(.*)'$/, "$1").trim();
  if (found === "" && shown === "") return null;
  return { name: shown === "" || shown === found ? null : shown, address: found };
}

function bodyOf(properties: Properties, limits: BodyLimits): MailBody {
  const text = properties.text(ID.body) ?? "";
  const plain = renderText(text.slice(0, limits.maxTextBytes), "text", limits);
  const html = htmlOf(properties, limits) ?? rtfOf(properties, limits);
  const body = chooseBody(plain, html ?? plain);
  const { maxTextBytes } = limits;
  if (text.length <= maxTextBytes) return body;
  const message = `The message's text is longer than the ${maxTextBytes} letters that are read: its end was left out.`;
  return { ...body, warnings: [...body.warnings, { code: "text_truncated", message }] };
}

function htmlOf(properties: Properties, limits: BodyLimits): Rendered | null {
  const bytes = properties.bytes(ID.html);
  if (!bytes || bytes.length === 0) {
    const text = properties.text(ID.html);
    return text === null || text === ""
      ? null
      : renderText(text.slice(0, limits.maxTextBytes), "html", limits);
  }
  const said =
    codePageOf(properties.number(ID.internetCodePage)) ?? htmlCharset(latin1(bytes.subarray(0, 2_048)));
  return renderText(decodeText(bytes.subarray(0, limits.maxTextBytes), said).text, "html", limits);
}

function rtfOf(properties: Properties, limits: BodyLimits): Rendered | null {
  const packed = properties.bytes(ID.rtf);
  const rtf = packed ? decompressRtf(packed, 2 * limits.maxTextBytes) : null;
  if (!rtf) return null;
  const { kind, text } = rtfText(rtf);
  return renderText(text, kind, limits);
}

/** Sets of named properties, by the first eight digits of their ids. */
const APPOINTMENT = "00062002";
const TASK = "00062003";
const ADDRESS = "00062004";

/** What appointments, tasks and contacts say outside of their text, as labels with values. */
function detailsOf(root: CompoundStorage, properties: Properties, messageClass: string): FlowBlock[] {
  const ids = namedIds(root);
  const named = (key: string): number => ids.get(key) ?? -1;
  const time = (id: number): string | null =>
    properties.time(id)?.replace("T", " ").replace("+00:00", " UTC") ?? null;
  const pairs: (readonly [string, string | null])[] = [];
  if (/^IPM\.(?:Appointment|Schedule\.Meeting)/i.test(messageClass)) {
    pairs.push(["Start", time(named(`${APPOINTMENT}/820d`))], ["End", time(named(`${APPOINTMENT}/820e`))]);
    pairs.push(["Location", properties.text(named(`${APPOINTMENT}/8208`))]);
  } else if (/^IPM\.Task/i.test(messageClass)) {
    pairs.push(["Start", time(named(`${TASK}/8104`))], ["Due", time(named(`${TASK}/8105`))]);
  } else if (/^IPM\.Contact/i.test(messageClass)) {
    pairs.push(["Name", properties.text(ID.displayName)], ["Company", properties.text(0x3a16)]);
    pairs.push(["Title", properties.text(0x3a17)], ["Telephone", properties.text(0x3a08)]);
    pairs.push(["Mobile", properties.text(0x3a1c)], ["Address", properties.text(0x3a15)]);
    pairs.push(["E-mail", properties.text(named(`${ADDRESS}/8083`))]);
  }
  return pairs.flatMap(([key, value]): FlowBlock[] => {
    const clean = value?.replace(/\s+/g, " ").trim() ?? "";
    return clean === "" ? [] : [{ kind: "key_value", key, value: clean }];
  });
}
