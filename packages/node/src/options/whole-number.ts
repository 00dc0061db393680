import { isWholeNumber, wholeNumberForm } from "@kindling/core/internal";
import { z } from "zod";

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number) {
  const error = `expected ${wholeNumberForm(least, most)}`;
  return z.coerce.number({ error }).refine((n) => isWholeNumber(n, least, most), { error });
}
