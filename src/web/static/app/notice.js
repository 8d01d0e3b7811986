import { Problem } from "./api.js";
import { element, icon } from "./dom.js";
import { labelOf } from "./wording.js";

/** What a person can do where the answer itself does not say it. @type {Record<string, string>} */
const ADVICE = {
  forbidden: "Ask for a key with the scope that this needs.",
  not_found: "It may have been deleted, or it belongs to another key.",
  rate_limited: "Wait a little, then try again.",
  payload_too_large: "Send a smaller file, or split it.",
  unsupported_format: "Save it as a PDF and send that.",
  upstream_unavailable: "Try again in a moment.",
  internal: "Try again. If it stays so, the server's log names the cause.",
};

/**
 * An error in the words of the server, with what can be done about it.
 * @param {unknown} error
 * @param {...Node} actions
 */
export function makeNotice(error, ...actions) {
  const problem = error instanceof Problem ? error : null;
  const title = problem ? problem.title : "Something went wrong";
  const detail = problem?.message ?? "The page ran into an error of its own. Reload it and try again.";
  return notice(title, detail, problem ? (ADVICE[problem.code] ?? null) : null, actions);
}

/** Why a document failed. @param {{ code: string, message: string }} failure */
export function makeFailure({ code, message }) {
  return notice(labelOf(code), message, ADVICE[code] ?? null, []);
}

/**
 * @param {string} title
 * @param {string} detail
 * @param {string | null} advice
 * @param {Node[]} actions
 */
function notice(title, detail, advice, actions) {
  return element(
    "div",
    { class: "notice", role: "alert" },
    icon("warning"),
    element(
      "div",
      {},
      element("strong", {}, title),
      element("p", {}, detail),
      advice && element("p", { class: "advice" }, advice),
      actions.length > 0 && element("div", { class: "actions" }, actions),
    ),
  );
}
