import { z } from "zod";
import { defineExtractor } from "../define.ts";
import { IsoDate } from "./shapes.ts";

const schema = z
  .object({
    patient: z
      .object({
        name: z.string(),
        date_of_birth: IsoDate,
        sex: z.enum(["female", "male", "other"]),
        record_number: z.string(),
        address: z.string(),
        phone: z.string(),
      })
      .partial(),
    provider: z.string(),
    facility: z.string(),
    encounter_date: IsoDate,
    discharge_date: IsoDate,
    chief_complaint: z.string(),
    diagnoses: z.array(z.object({ text: z.string(), icd10: z.string() }).partial()),
    medications: z.array(z.object({ name: z.string(), dose: z.string(), frequency: z.string() }).partial()),
    procedures: z.array(z.string()),
    allergies: z.array(z.string()),
    vitals: z
      .object({
        blood_pressure: z.string(),
        heart_rate: z.string(),
        respiratory_rate: z.string(),
        temperature: z.string(),
        oxygen_saturation: z.string(),
        weight: z.string(),
        height: z.string(),
        bmi: z.string(),
      })
      .partial(),
    lab_results: z.array(
      z
        .object({
          test: z.string(),
          value: z.string(),
          unit: z.string(),
          reference_range: z.string(),
          flag: z.string(),
        })
        .partial(),
    ),
  })
  .partial();

export const medicalRecord = defineExtractor({
  kind: "medical_record",
  version: 1,
  title: "Medical record",
  checks: ["dates_plausible"],
  schema,
  required: ["/patient/name"],
  declares: { fields: [], rows: [] },
});
