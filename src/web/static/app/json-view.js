import { announce, element, icon, saveBlob } from "./dom.js";

/**
 * The answer of the API as it came.
 * @param {unknown} value
 * @param {string} filename what a download is called
 */
export function makeJsonView(value, filename) {
  const json = JSON.stringify(value, null, 2);
  const label = element("span", {}, "Copy");
  const copy = element(
    "button",
    { type: "button", class: "button", onclick: () => void copyJson(json, label) },
    icon("copy"),
    label,
  );
  const download = element(
    "button",
    {
      type: "button",
      class: "button",
      onclick: () => saveBlob(new Blob([json], { type: "application/json" }), filename),
    },
    icon("download"),
    "Download",
  );
  return element(
    "div",
    { class: "json" },
    element("div", { class: "json-tools" }, copy, download),
    element("pre", { tabindex: "0", role: "region", "aria-label": "Result as JSON" }, colourJson(json)),
  );
}

/** @param {string} json @param {HTMLElement} label */
async function copyJson(json, label) {
  let said = "Copied";
  try {
    await navigator.clipboard.writeText(json);
  } catch {
    said = "Not allowed: use Download";
  }
  label.textContent = said;
  announce(said);
  setTimeout(() => (label.textContent = "Copy"), 1800);
}

/** Beyond it the colours cost more than they help. */
const MAX_COLOURED_LENGTH = 300_000;

/**
 * Keys, strings and numbers in their own colour, all of it set as text.
 * @param {string} json
 */
function colourJson(json) {
  const fragment = document.createDocumentFragment();
  if (json.length > MAX_COLOURED_LENGTH) {
    fragment.append(json);
    return fragment;
  }
  let at = 0;
  for (const match of json.matchAll(
    /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g,
  )) {
    const [whole, string, colon] = match;
    const token = string ?? whole;
    const kind = string ? (colon ? "key" : "string") : "literal";
    fragment.append(json.slice(at, match.index), element("span", { class: `json-${kind}` }, token));
    at = match.index + token.length;
  }
  fragment.append(json.slice(at));
  return fragment;
}
