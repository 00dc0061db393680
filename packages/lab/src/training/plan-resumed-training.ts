import { KindlingError } from "@kindling/core";
import type { PhotoSource } from "../data/photo-source.ts";
import { readRunSettings } from "./read-run-settings.ts";
import type { TrainingRecipe } from "./recipe.ts";
import { listRunSettings } from "./run-settings.ts";
import type { RunStore } from "./run-store.ts";
import { planTraining, type TrainingOptions, type TrainingPlan } from "./training-plan.ts";

/** The options that a resumed run may change: none decides what is learnt. */
const changeable: ReadonlySet<string> = new Set<keyof TrainingOptions>([
  "validateEvery",
  "validationPairs",
  "validationSide",
  "checkpointMinutes",
]);

/**
 * Plans a run that continues: its own settings, and those given that may change.
 *
 * @param given options may be left out; those that decide what is learnt must equal the run's own.
 * @throws {KindlingError} `invalid-option` where the run trains another system or a given option differs from the
 * run's; what `readRunSettings` and `planTraining` throw.
 */
export async function planResumedTraining(
  recipe: TrainingRecipe,
  given: Partial<TrainingOptions>,
  { store, photos }: { readonly store: RunStore; readonly photos: Pick<PhotoSource, "locate"> },
): Promise<TrainingPlan> {
  const { network, options } = await readRunSettings(store);
  if (network !== recipe.network) {
    throw new KindlingError(
      "invalid-option",
      `network: the run in ${store.place} trains ${network}, not ${recipe.network}.`,
    );
  }
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  const stored = await planTraining(recipe, options, photos);
  const plan = await planTraining(recipe, { ...options, ...Object.fromEntries(present) }, photos);
  const [before, after] = [stored, plan].map((some) => listRunSettings(some, store.place));
  for (const [name, value] of present) {
    // Plans are compared, not options: 500 steps equal 500 steps of the only stage.
    const [was, is] = [before, after].map((settings) => settings?.[name]);
    if (changeable.has(name) || JSON.stringify(was) === JSON.stringify(is)) continue;
    const flag = name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
    const remedy =
      name === "steps"
        ? "train further by --extend <steps>, or leave this one out"
        : "leave this one out, or begin a new run with --from";
    throw new KindlingError(
      "invalid-option",
      `--${flag} ${formatValue(value)}: this run has ${formatValue(was)}. A resumed run keeps its settings: ${remedy}.`,
    );
  }
  return plan;
}

/** Formats a value as the command line takes it: lists with spaces, values by name with equals signs. */
function formatValue(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return "none";
  if (Array.isArray(value)) return value.map(formatValue).join(" ");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, one]) => `${name}=${Array.isArray(one) ? one.join(":") : formatValue(one)}`)
    .join(" ");
}
