import { foldKey } from "../../model/fold.ts";
import { oncePerSegment } from "./once.ts";

/** Letters and digits of a segment, folded: what names are looked for in. */
export const segmentKey = oncePerSegment(({ text }) => foldKey(text));
