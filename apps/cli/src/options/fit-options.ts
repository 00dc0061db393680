import { factsOfMethod, type MethodSettings, type Strengths } from "@kindling/node";
import { fitToMethod, noteLeftOut } from "@kindling/node/internal";
import { flagOf } from "./schema-options.ts";

/** Options whose values only some methods can use. */
interface MethodOptions extends Strengths {
  readonly set: readonly string[];
  readonly fast: boolean;
}

/** The options of a command as a method takes them, and notes on those that it cannot do. */
export function fitOptions<Options extends MethodOptions>(
  method: string,
  { set, fast, ...options }: Options,
): {
  readonly fitted: Omit<Options, "set" | "fast"> & { settings: MethodSettings };
  readonly notes: readonly string[];
} {
  const facts = factsOfMethod(method);
  const { denoise, denoiseColour, keepHighlights } = options;
  const { settings, strengths, leftOut } = fitToMethod(
    facts,
    { set, fast, denoise, denoiseColour, keepHighlights },
    "--set",
  );
  const notes = leftOut.map((name) => `note: ${noteLeftOut(flagOf(name), facts)}.\n`);
  return { fitted: { ...options, ...strengths, settings }, notes };
}
