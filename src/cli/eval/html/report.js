import { chart, el, grade, percent, range, share, svg } from "./draw.js";

// The report's page: everything it shows stands in the element `data`, and is written as text, never as markup.
const {
  title,
  report,
  entries,
  pictures,
  left_out: leftOut,
} = JSON.parse(document.getElementById("data").textContent);
const root = document.getElementById("report");
const chosen = { kind: "", field: "", what: "", text: "", readable: "" };
const BATCH = 40;
const TALLEST = 440;

function tiles({ overall }) {
  const facts = [
    [String(report.documents), "documents"],
    [percent(overall.type_accuracy), "of the right kind"],
    [share(overall.micro.f1), `F1 of ${overall.micro.truth} fields`],
    [share(overall.line_items.f1), `F1 of line items (${overall.line_items.documents} documents)`],
    [percent(overall.micro.contradiction), "of values contradict the truth"],
    [share(overall.calibration.ece), "expected calibration error"],
    [
      percent(overall.auto_approval.coverage),
      `approved alone, ${percent(overall.auto_approval.precision)} of them right`,
    ],
  ];
  return el(
    "div",
    { class: "tiles" },
    ...facts.map(([value, about]) => el("div", { class: "tile" }, el("b", {}, value), el("span", {}, about))),
  );
}

const COLUMNS = [
  ["truth", (field) => String(field.truth)],
  ["given", (field) => String(field.given)],
  ["exact", (field) => String(field.exact)],
  ["right", (field) => String(field.right)],
  ["precision", (field) => share(field.precision)],
  ["recall", (field) => share(field.recall)],
  ["F1", (field) => share(field.f1)],
  ["F1 at 95 %", (field) => range(field.intervals.f1)],
  ["contradicts", (field) => share(field.contradiction)],
  ["made up", (field) => share(field.hallucination)],
  ["oracle", (field) => share(field.oracle)],
  ["selected", (field) => share(field.selection)],
];

function fieldTable(kind) {
  const row = (name, field, sum) =>
    el(
      "tr",
      { class: sum ? "sum" : null },
      el(
        "td",
        {},
        sum ? name : el("button", { onclick: () => choose({ kind: kind.kind, field: name }) }, name),
      ),
      ...COLUMNS.map(([title, of]) =>
        el("td", { class: title === "F1" ? grade(field.f1) : null }, of(field)),
      ),
    );
  const sorted = (fields) => Object.entries(fields).sort(([, a], [, b]) => b.truth - a.truth);
  const rows = [
    ...sorted(kind.fields).map(([name, field]) => row(name, field, false)),
    ...(kind.micro.truth > 0 ? [row("all fields", kind.micro, true)] : []),
    ...sorted(kind.columns).map(([name, field]) => row(name, field, false)),
    ...(Object.keys(kind.columns).length > 0 ? [row("all with rows", kind.micro_with_rows, true)] : []),
  ];
  return el(
    "table",
    {},
    el("tr", {}, ...["field", ...COLUMNS.map(([name]) => name)].map((name) => el("th", {}, name))),
    ...rows,
  );
}

function kinds() {
  return report.kinds
    .filter((kind) => kind.micro_with_rows.truth > 0)
    .sort((a, b) => b.micro_with_rows.truth - a.micro_with_rows.truth)
    .map((kind, index) =>
      el(
        "details",
        { class: "panel", open: index === 0 },
        el(
          "summary",
          {},
          el("b", {}, kind.kind),
          el("span", { class: "soft" }, `${kind.documents} documents`),
          el("span", { class: grade(kind.micro.f1) }, `F1 ${share(kind.micro.f1)}`),
          el("span", { class: "soft" }, `kind ${percent(kind.type_accuracy)}`),
          kind.line_items.documents > 0
            ? el("span", { class: "soft" }, `lines ${share(kind.line_items.f1)}`)
            : null,
          el("span", { class: "soft" }, `approved ${percent(kind.auto_approval.coverage)}`),
        ),
        el("div", {}, fieldTable(kind)),
      ),
    );
}

function calibration({ calibration: { bins, risk_coverage: risks, values } }) {
  const reliable = bins
    .filter((bin) => bin.values > 0)
    .map((bin) => ({
      x: bin.confidence,
      y: bin.right,
      r: 2.5 + 6 * Math.sqrt(bin.values / values),
      title: `${bin.values} values of about ${share(bin.confidence)}: ${share(bin.right)} right`,
    }));
  const top = Math.max(0.05, ...risks.map(({ risk }) => risk));
  const risk = risks.map((point) => ({
    x: point.coverage,
    y: point.risk,
    title: `the surest ${percent(point.coverage)} (from ${share(point.confidence)}): ${percent(point.risk)} wrong`,
  }));
  return el(
    "div",
    { class: "panels" },
    el(
      "div",
      { class: "panel" },
      el("h3", {}, "Reliability: right ones by confidence"),
      chart(reliable, { x: "confidence", y: "right", diagonal: true, top: 1 }),
    ),
    el(
      "div",
      { class: "panel" },
      el("h3", {}, "Risk at coverage: wrong ones among the surest"),
      chart(risk, { x: "coverage", y: "wrong", diagonal: false, top }),
    ),
    el("div", { class: "panel" }, el("h3", {}, "Kinds"), confusion()),
  );
}

function confusion() {
  const rows = Object.entries(report.confusion).map(([type, given]) => {
    const total = Object.values(given).reduce((sum, count) => sum + count, 0);
    const others = Object.entries(given).filter(([name]) => name !== type);
    return el(
      "tr",
      {},
      el("td", {}, type),
      el("td", {}, `${given[type] ?? 0} of ${total}`),
      el(
        "td",
        { class: others.length > 0 ? "bad" : "soft" },
        others.map(([name, count]) => `${name} ${count}`).join(", ") || "–",
      ),
    );
  });
  return el(
    "table",
    {},
    el("tr", {}, ...["truth", "right", "taken for"].map((name) => el("th", {}, name))),
    ...rows,
  );
}

function view(shown) {
  const [width, height] = [shown.region[2] - shown.region[0], shown.region[3] - shown.region[1]];
  const box = el("div", {
    class: "view",
    style: `aspect-ratio: ${shown.aspect}; max-width: ${Math.round(shown.aspect * TALLEST)}px`,
  });
  if (shown.picture !== null)
    box.append(el("img", { loading: "lazy", decoding: "async", alt: "", src: pictures[shown.picture] }));
  else {
    const [w, h] = [1000, 1000 / shown.aspect];
    const words = shown.words.map(([text, x, y, wide, high]) =>
      svg(
        "text",
        {
          x: x * w,
          y: (y + high * 0.8) * h,
          "font-size": Math.max(4, high * h * 0.85),
          textLength: Math.max(1, wide * w),
          lengthAdjust: "spacingAndGlyphs",
        },
        text,
      ),
    );
    box.append(svg("svg", { viewBox: `0 0 ${w} ${h}`, class: "chart" }, ...words));
  }
  for (const { kind, bbox } of shown.boxes) {
    const at = (edge, from, size) => `${(((edge - from) / size) * 100).toFixed(2)}%`;
    const pad = kind === "truth" ? 6 : 3;
    const style = [
      `left: calc(${at(bbox[0], shown.region[0], width)} - ${pad}px)`,
      `top: calc(${at(bbox[1], shown.region[1], height)} - ${pad}px)`,
      `width: calc(${(((bbox[2] - bbox[0]) / width) * 100).toFixed(2)}% + ${2 * pad}px)`,
      `height: calc(${(((bbox[3] - bbox[1]) / height) * 100).toFixed(2)}% + ${2 * pad}px)`,
    ].join("; ");
    box.append(
      el("i", {
        class: kind,
        style,
        title: kind === "truth" ? "here stands the truth" : "from here it was taken",
      }),
    );
  }
  box.append(el("u", {}, `page ${shown.page}`));
  return box;
}

function card(entry) {
  const facts = [
    ["expected", "value expected", entry.truth ?? "nothing"],
    ["got", "value got", entry.given ?? "nothing"],
  ];
  if (entry.content !== null && entry.content !== entry.given)
    facts.push(["printed", "value", entry.content]);
  if (entry.source !== null) facts.push(["source", "", entry.source]);
  facts.push([
    "readable",
    "",
    entry.readable === null
      ? "cannot be told"
      : entry.readable
        ? "yes, it stands in the text"
        : "no, it is not in the text that was read",
  ]);
  const list = el(
    "dl",
    {},
    ...facts.flatMap(([name, style, value]) => [el("dt", {}, name), el("dd", { class: style }, value)]),
  );
  if (entry.confidence !== null)
    list.append(
      el("dt", {}, "confidence"),
      el(
        "dd",
        {},
        el("meter", { min: 0, max: 1, value: entry.confidence }),
        ` ${entry.confidence.toFixed(2)}`,
      ),
    );
  if (entry.reasons.length > 0)
    list.append(el("dt", {}, "review"), el("dd", { class: "soft" }, entry.reasons.slice(0, 8).join(", ")));
  return el(
    "article",
    { class: "mistake" },
    el("div", { class: "views" }, ...entry.views.map(view)),
    el(
      "div",
      {},
      el(
        "header",
        {},
        el("b", {}, entry.field),
        el("span", { class: `tag ${entry.what}` }, entry.what),
        el("span", { class: "tag" }, entry.kind),
      ),
      list,
      el("p", { class: "file" }, entry.file),
    ),
  );
}

const list = el("div");
const count = el("span", { class: "soft" });
const selects = {};
let rest = [];

function showMore() {
  list.append(...rest.splice(0, BATCH).map(card));
}

function fits(entry, without = "") {
  return (
    ["kind", "field", "what"].every(
      (key) => key === without || chosen[key] === "" || entry[key] === chosen[key],
    ) &&
    (chosen.readable === "" || String(entry.readable) === chosen.readable) &&
    (chosen.text === "" || `${entry.file} ${entry.truth} ${entry.given}`.toLowerCase().includes(chosen.text))
  );
}

function update() {
  for (const key of ["kind", "field", "what"]) {
    const counts = new Map();
    for (const entry of entries)
      if (fits(entry, key)) counts.set(entry[key], (counts.get(entry[key]) ?? 0) + 1);
    const options = [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([name, n]) => el("option", { value: name }, `${name} (${n})`));
    selects[key].replaceChildren(
      el("option", { value: "" }, `every ${key === "what" ? "mistake" : key}`),
      ...options,
    );
    selects[key].value = chosen[key];
  }
  rest = entries.filter((entry) => fits(entry));
  count.textContent = `${rest.length} of ${entries.length} mistakes${leftOut > 0 ? `, ${leftOut} more in rows are not shown` : ""}`;
  list.replaceChildren();
  showMore();
}

function choose(changes) {
  Object.assign(chosen, changes);
  update();
  document.getElementById("mistakes").scrollIntoView();
}

function filters() {
  for (const key of ["kind", "field", "what"]) {
    selects[key] = el("select", {
      "aria-label": key,
      onchange: (event) => ((chosen[key] = event.target.value), update()),
    });
  }
  const readable = el(
    "select",
    { "aria-label": "readable", onchange: (event) => ((chosen.readable = event.target.value), update()) },
    el("option", { value: "" }, "read or not"),
    el("option", { value: "true" }, "truth was read"),
    el("option", { value: "false" }, "truth was not read"),
  );
  const search = el("input", {
    type: "search",
    placeholder: "file or value",
    "aria-label": "search",
    oninput: (event) => ((chosen.text = event.target.value.toLowerCase()), update()),
  });
  return el("div", { class: "filters" }, selects.kind, selects.field, selects.what, readable, search, count);
}

const more = el("div", { id: "more" });
root.append(
  el("h1", {}, title),
  el(
    "p",
    { class: "soft" },
    report.ignore_embedded
      ? "Pages alone: embedded XML was left aside."
      : "Embedded XML was used where there is any.",
  ),
  tiles(report),
  el("h2", {}, "Fields by kind"),
  ...kinds(),
  el("h2", {}, "Confidence"),
  calibration(report.overall),
  el("h2", { id: "mistakes" }, "Mistakes"),
  filters(),
  list,
  more,
);
update();
new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && showMore(), {
  rootMargin: "1200px",
}).observe(more);
