import { currentKey, findDevelopmentKey, forgetKey, keyWasTyped } from "./api.js";
import { DocumentScreen } from "./document-view.js";
import { fill } from "./dom.js";
import { HomeScreen } from "./home-view.js";
import { KeyScreen } from "./key-view.js";

const main = document.getElementById("main");
const forget = document.getElementById("forget-key");

/** @type {HomeScreen | DocumentScreen | KeyScreen | null} */
let screen = null;
let dragDepth = 0;

/** Shows what the address asks for; a document's id stands behind the hash and so never reaches a server's log. */
function route() {
  if (!main) return;
  const id = /^#\/(doc_[0-9a-f]{2}_[0-9a-f]{32})$/.exec(location.hash)?.[1];
  screen?.dispose();
  if (currentKey() === null) screen = new KeyScreen(route);
  else screen = id ? new DocumentScreen(id) : new HomeScreen();
  if (forget) forget.hidden = !keyWasTyped();
  document.body.classList.toggle("is-document", screen instanceof DocumentScreen);
  document.title = "Docket";
  const isFirst = main.childElementCount === 0;
  fill(main, screen.node);
  if (!isFirst) main.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

/** A key that no longer opens anything is dropped, and another one asked for. */
function dropKey() {
  forgetKey();
  route();
}

/** Files may be dropped or pasted anywhere; from a document the way leads over the start page. @param {FileList | undefined} files */
function takeFiles(files) {
  if (!files || files.length === 0 || screen instanceof KeyScreen) return;
  if (screen instanceof DocumentScreen) {
    history.pushState(null, "", "#/");
    route();
  }
  if (screen instanceof HomeScreen) void screen.send(Array.from(files));
}

/** Entering a child fires before leaving its parent, so the depth is counted. @param {number} depth */
function setDragDepth(depth) {
  dragDepth = Math.max(0, depth);
  document.body.classList.toggle("is-dragging", dragDepth > 0);
}

window.addEventListener("hashchange", route);
window.addEventListener("dragenter", () => setDragDepth(dragDepth + 1));
window.addEventListener("dragleave", () => setDragDepth(dragDepth - 1));
window.addEventListener("dragover", (event) => event.preventDefault());
window.addEventListener("drop", (event) => {
  event.preventDefault();
  setDragDepth(0);
  takeFiles(event.dataTransfer?.files);
});
window.addEventListener("paste", (event) => takeFiles(event.clipboardData?.files));
forget?.addEventListener("click", dropKey);
main?.addEventListener("docket-unauthorized", dropKey);
await findDevelopmentKey();
route();
