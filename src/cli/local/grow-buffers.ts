import { registerHooks } from "node:module";

const TARGET = "/miniflare/dist/src/index.js";
const SMALL_STEPS = "var MIN_SINGLE_SEGMENT_GROWTH = 4096;";
const LARGE_STEPS = "var MIN_SINGLE_SEGMENT_GROWTH = 16 * 1024 * 1024;";

/*
 * Import before miniflare is loaded. It writes the runtime's configuration, our wasm included, into one
 * buffer that it copies whole for every 4 KB of growth: three seconds of a start. Larger steps take the
 * copies away; another version of miniflare, without that line, is left as it is.
 */
registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    const { source } = loaded;
    if (!url.endsWith(TARGET) || source === undefined || source === null) return loaded;
    const text = typeof source === "string" ? source : new TextDecoder().decode(source);
    return { ...loaded, source: text.replace(SMALL_STEPS, LARGE_STEPS) };
  },
});
