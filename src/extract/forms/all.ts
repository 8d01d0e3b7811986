import type { NamedForm } from "./define-form.ts";
import { forms1099 } from "./form-1099.ts";
import { w2 } from "./w-2.ts";
import { w8ben } from "./w-8ben.ts";
import { w9 } from "./w-9.ts";

/** Forms that are known by name. */
export const namedForms: readonly NamedForm[] = [w9, w8ben, ...forms1099, w2];
