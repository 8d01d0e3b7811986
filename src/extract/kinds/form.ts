import { z } from "zod";
import { defineExtractor } from "../define.ts";

const FormValue = z
  .object({ name: z.string(), label: z.string(), value: z.string(), checked: z.boolean() })
  .partial();

const schema = z
  .object({
    form_id: z.string(),
    form_title: z.string(),
    tax_year: z.string(),
    fields: z.array(FormValue),
  })
  .partial();

export const form = defineExtractor({ kind: "form", version: 1, title: "Form", schema, required: [] });
