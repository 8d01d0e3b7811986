import { currentKey, findDevelopmentKey, forgetKey, keyWasTyped } from "./api.js";
import { DocumentScreen } from "./document-view.js";
import { fill } from "./dom.js";
import { HomeScreen } from "./home-view.js";
import { KeyScreen } from "./key-view.js";

const main = document.getElementById("main");
const forget = document.getElementById("forget-key");

/** @type {{ node: HTMLElement, dispose: () => void } | null} */
let screen = null;

/** Shows what the address asks for; a document's id stands behind the hash and so never reaches a server's log. */
function route() {
  if (!main) return;
  const id = /^#\/(doc_[0-9a-f]{2}_[0-9a-f]{32})$/.exec(location.hash)?.[1];
  screen?.dispose();
  if (currentKey() === null) screen = new KeyScreen(route);
  else screen = id ? new DocumentScreen(id) : new HomeScreen();
  if (forget) forget.hidden = !keyWasTyped();
  document.body.classList.toggle("is-document", screen instanceof DocumentScreen);
  fill(main, screen.node);
  window.scrollTo(0, 0);
}

/** A key that no longer opens anything is dropped, and another one asked for. */
function dropKey() {
  forgetKey();
  route();
}

window.addEventListener("hashchange", route);
forget?.addEventListener("click", dropKey);
main?.addEventListener("docket-unauthorized", dropKey);
await findDevelopmentKey();
route();
