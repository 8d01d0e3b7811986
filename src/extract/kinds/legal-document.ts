import { z } from "zod";
import { defineExtractor } from "../define.ts";
import { IsoDate } from "./shapes.ts";

const schema = z
  .object({
    title: z.string(),
    document_kind: z.string(),
    court: z.string(),
    case_number: z.string(),
    parties: z.array(z.object({ name: z.string(), role: z.string() }).partial()),
    filing_date: IsoDate,
    judge: z.string(),
    counsel: z.array(z.object({ name: z.string(), firm: z.string(), represents: z.string() }).partial()),
    subject: z.string(),
    relief: z.string(),
  })
  .partial();

export const legalDocument = defineExtractor({
  kind: "legal_document",
  version: 1,
  title: "Legal document",
  checks: ["dates_plausible"],
  schema,
  required: ["/title", "/case_number"],
  declares: { fields: [], rows: [] },
});
