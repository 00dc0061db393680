import { z } from "zod";

/** The size limit of photos, for every command that reads them. */
export const maxMegapixelsOption = z.coerce
  .number()
  .positive({ error: "expected a number above 0" })
  .default(200)
  .meta({ flags: "--max-megapixels <n>", description: "refuse larger photos, against files made to exhaust memory" });
