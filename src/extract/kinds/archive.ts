import { z } from "zod";
import { defineExtractor } from "../define.ts";

/** A container says nothing itself: its members, listed in the result, are documents of their own. */
export const archive = defineExtractor({
  kind: "archive",
  version: 1,
  title: "Archive",
  schema: z.object({}),
  required: [],
  draft: () => ({ data: {}, values: [] }),
});
