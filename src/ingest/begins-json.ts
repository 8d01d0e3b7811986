const LITERAL = /(?:"(?:[^"\\\n]|\\.)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
const SPACE = /[\s\uFEFF]*/y;

/**
 * Whether a text is JSON (RFC 8259) as far as it goes: an object or a list, or several of them in lines. `cut` says
 * that the text goes on behind what is given.
 */
export function beginsJson(text: string, cut: boolean): boolean {
  if (!/^[\s\uFEFF]*[[{]/.test(text)) return false;
  const open: ("{" | "[")[] = [];
  let expects: "value" | "key" | "behind" = "value";
  for (let at = skip(SPACE, text, 0); at < text.length; at = skip(SPACE, text, at)) {
    const sign = text.charAt(at);
    const inside = open.at(-1);
    if (expects !== "behind" && (sign === "}" || sign === "]")) {
      if (inside !== (sign === "}" ? "{" : "[") || (sign === "}") !== (expects === "key")) return false;
      open.pop();
      expects = "behind";
      at += 1;
    } else if (expects === "value" && (sign === "{" || sign === "[")) {
      open.push(sign);
      expects = sign === "{" ? "key" : "value";
      at += 1;
    } else if (expects === "behind") {
      if (inside === undefined) {
        if (!isNextLine(text, at)) return false;
        expects = "value";
        continue;
      }
      if (sign === ",") expects = inside === "{" ? "key" : "value";
      else if (sign === (inside === "{" ? "}" : "]")) open.pop();
      else return false;
      at += 1;
    } else {
      if (expects === "key" && sign !== '"') return false;
      const end = skip(LITERAL, text, at);
      if (end === at) return cut && isCutLiteral(text.slice(at));
      at = end;
      if (expects === "key") {
        at = skip(SPACE, text, at);
        if (at < text.length && text.charAt(at) !== ":") return false;
        at += 1;
        expects = "value";
      } else expects = "behind";
    }
  }
  return cut || open.length === 0;
}

/** Behind a whole value only another object or list may follow, on a line of its own (JSON lines). */
function isNextLine(text: string, at: number): boolean {
  return /^[[{]/.test(text.charAt(at)) && /\n\s*$/.test(text.slice(Math.max(0, at - 40), at));
}

function isCutLiteral(rest: string): boolean {
  return /^"(?:[^"\\\n]|\\.)*\\?$|^-?[\d.eE+-]*$|^[a-z]{1,4}$/.test(rest);
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
