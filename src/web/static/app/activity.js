import { element, fill } from "./dom.js";
import {
  countText,
  durationText,
  labelOf,
  nameOf,
  percent,
  sourceWord,
  statusWord,
  TERMINAL,
  valueText,
} from "./wording.js";

/** @import { DocumentEvent } from "./types.js" */

const STAGES = /** @type {const} */ ([
  ["queued", "Received"],
  ["parsed", "Read"],
  ["classified", "Classified"],
  ["field", "Extracted"],
  ["checked", "Checked"],
]);

/** Which stage is done once an event of a kind has come; reading ends with the kind of document known. */
const REACHES = /** @type {Record<string, number>} */ ({
  queued: 1,
  claimed: 1,
  parsed: 1,
  page: 1,
  classified: 3,
  field: 3,
  checked: 5,
});

/** The live side of a document: how far it is, and every event as it comes. */
export class Activity {
  #run = 0;
  #reached = 0;
  #pagesRead = new Set();
  #pageCount = 0;
  #startedMs = 0;
  #hasEnded = false;
  #connected = true;

  #steps = element("ol", { class: "steps", "aria-label": "Progress" });
  #note = element("p", { class: "live-note" });
  #log = element("ol", { class: "event-log", "aria-label": "Events" });
  /** The steps, for as long as the work goes on. */
  progress = element("div", { class: "progress" }, this.#steps, this.#note);
  /** Every event with its number and time. */
  log = this.#log;

  constructor() {
    this.#drawSteps();
  }

  /** The pages that the document has, as far as the events told. */
  get pageCount() {
    return this.#pageCount;
  }

  /** @param {boolean} connected */
  setConnected(connected) {
    this.#connected = connected;
    this.#drawSteps();
  }

  /** @param {DocumentEvent} event */
  add(event) {
    if (event.run !== this.#run) this.#startRun(event);
    const pages = numberIn(event, "pages");
    if (pages !== null && event.kind !== "page") this.#pageCount = pages;
    if (event.kind === "page") this.#pagesRead.add(numberIn(event, "page") ?? this.#pagesRead.size);
    this.#reached = Math.max(this.#reached, REACHES[event.kind] ?? this.#reached);
    this.#hasEnded = TERMINAL.has(event.kind);
    this.#log.append(this.#logRow(event));
    this.#drawSteps();
  }

  /** @param {DocumentEvent} event */
  #startRun(event) {
    this.#run = event.run;
    this.#reached = 0;
    this.#pagesRead.clear();
    this.#startedMs = Date.parse(event.at);
    if (event.run > 1) this.#log.append(element("li", { class: "event-run" }, `Run ${event.run}`));
  }

  /** @param {DocumentEvent} event */
  #logRow(event) {
    const after = Date.parse(event.at) - this.#startedMs;
    return element(
      "li",
      { data: { kind: event.kind } },
      element("span", { class: "event-seq" }, event.seq),
      element("span", { class: "event-text" }, describeEvent(event)),
      element(
        "time",
        { datetime: event.at, title: event.at },
        after <= 0 ? "0 ms" : `+${durationText(after)}`,
      ),
    );
  }

  #drawSteps() {
    const current = this.#hasEnded ? STAGES.length : this.#reached;
    fill(
      this.#steps,
      STAGES.map(([, label], index) => {
        const state = index < current ? "done" : index === current ? "current" : "waiting";
        return element("li", { "aria-current": state === "current" && "step", data: { state } }, label);
      }),
    );
    fill(
      this.#note,
      this.#connected ? this.#nowText() : "Connection lost. Trying again; nothing is lost meanwhile.",
    );
  }

  #nowText() {
    const read = this.#pagesRead.size;
    if (this.#hasEnded) return "Done.";
    if (this.#reached >= 3) return "Looking for the values and proving them …";
    if (this.#pageCount > 0 && read > 0) return `Reading: ${read} of ${countText(this.#pageCount, "page")} …`;
    return this.#reached === 0 ? "Waiting for the first event …" : "Reading the document …";
  }
}

/**
 * An event in one line. What is not known of an event's data is left out rather than guessed.
 * @param {DocumentEvent} event
 */
export function describeEvent(event) {
  const { kind, data } = event;
  const tell = TELLERS[kind];
  const told = tell ? tell(event) : "";
  const failure = data["error"];
  if (isRecord(failure) && typeof failure["message"] === "string")
    return `${statusWord(kind)}: ${failure["message"]}`;
  if (told !== "") return told;
  return data["cached"] === true
    ? `${statusWord(kind)}, from an earlier reading of the same file`
    : statusWord(kind);
}

/** @type {Record<string, ((event: DocumentEvent) => string) | undefined>} */
const TELLERS = {
  queued: ({ run }) => (run > 1 ? "Received again" : "Received"),
  claimed: (event) => {
    const attempt = numberIn(event, "attempt") ?? 1;
    return attempt > 1 ? `Taken up by a worker, attempt ${attempt}` : "Taken up by a worker";
  },
  parsed: (event) => {
    const pages = numberIn(event, "pages");
    return pages === null ? "Opened" : `Opened, ${countText(pages, "page")}`;
  },
  page: (event) => {
    const words = numberIn(event, "words");
    const source = event.data["source"];
    return [
      `Page ${numberIn(event, "page") ?? "?"} read`,
      words !== null && countText(words, "word"),
      typeof source === "string" && source !== "none" && `from ${sourceWord(source)}`,
    ]
      .filter(Boolean)
      .join(", ");
  },
  classified: (event) => {
    const type = event.data["type"];
    const score = numberIn(event, "score");
    if (typeof type !== "string") return "Classified";
    return `Classified as ${labelOf(type).toLowerCase()}${score === null ? "" : ` (${percent(score)})`}`;
  },
  field: ({ data }) => {
    const path = data["path"];
    const confidence = data["confidence"];
    const name = typeof path === "string" ? nameOf(path) : "A value";
    const value = isRecord(data["value"])
      ? Object.values(data["value"])
          .filter((part) => part !== null && typeof part !== "object")
          .join(", ")
      : valueText(data["value"]);
    return `${name}${value === "" ? "" : `: ${value}`}${typeof confidence === "number" ? ` (${percent(confidence)})` : ""}`;
  },
  checked: ({ data }) => {
    if (!Array.isArray(data["checks"])) return "Checked";
    /** @param {string} verdict */
    const count = (verdict) =>
      /** @type {unknown[]} */ (data["checks"]).filter(
        (check) => isRecord(check) && check["verdict"] === verdict,
      ).length;
    return `Checked: ${count("pass")} passed, ${count("fail")} failed`;
  },
  retrying: () => "Trying again",
};

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {DocumentEvent} event @param {string} key */
function numberIn(event, key) {
  const value = event.data[key];
  return typeof value === "number" ? value : null;
}
