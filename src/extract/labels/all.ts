import { cs } from "./cs.ts";
import { da } from "./da.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fi } from "./fi.ts";
import { fr } from "./fr.ts";
import { it } from "./it.ts";
import type { Lexicon } from "./label-key.ts";
import { ms } from "./ms.ts";
import { nl } from "./nl.ts";
import { no } from "./no.ts";
import { pl } from "./pl.ts";
import { pt } from "./pt.ts";
import { sv } from "./sv.ts";

/** Every lexicon by ISO 639-1 code. */
export const LEXICONS = { en, de, fr, es, it, pt, nl, pl, sv, da, no, fi, cs, ms } as const satisfies Record<
  string,
  Lexicon
>;
export type Language = keyof typeof LEXICONS;
