import { z } from "zod";
import { defineExtractor } from "../define.ts";
import { IsoDate } from "./shapes.ts";

const schema = z
  .object({
    document_kind: z.enum(["passport", "identity_card", "driving_licence", "residence_permit", "other"]),
    document_number: z.string(),
    surname: z.string(),
    given_names: z.string(),
    name: z.string(),
    date_of_birth: IsoDate,
    place_of_birth: z.string(),
    sex: z.enum(["female", "male", "unspecified"]),
    nationality: z.string(),
    issuing_country: z.string(),
    issuing_authority: z.string(),
    issue_date: IsoDate,
    expiry_date: IsoDate,
    personal_number: z.string(),
    address: z.string(),
    licence_classes: z.string(),
    /** The machine-readable zone, its lines joined by line feeds (ICAO 9303). */
    machine_readable_zone: z.string(),
  })
  .partial();

export const idDocument = defineExtractor({
  kind: "id_document",
  version: 1,
  title: "Identity document",
  checks: ["mrz_checksum", "dates_in_order"],
  schema,
  required: ["/document_number"],
  declares: { fields: [], rows: [] },
});
