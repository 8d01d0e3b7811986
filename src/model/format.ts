import { z } from "zod";

/** The formats that a parser is registered for. A new one starts here; the registry then does not compile without it. */
export const Format = z.enum(["pdf", "png", "jpeg", "webp", "bmp", "gif", "tiff", "text"]);
export type Format = z.infer<typeof Format>;
