import { KindlingError } from "@kindling/core";
import { parseRunSettings, settingsFile } from "./run-settings.ts";
import type { RunStore } from "./run-store.ts";
import type { TrainingOptions } from "./training-plan.ts";

/** The settings that a run keeps. */
export interface RunSettings {
  /** Name of the system that the run trains. */
  readonly network: string;
  /** Paths are absolute; `steps`, `batch`, `crop` and `rate` hold a number for each stage. */
  readonly options: Partial<TrainingOptions>;
}

/** What a setting's value must be. */
interface Form {
  /** In words, after "expected". */
  readonly expected: string;
  fits(value: unknown): boolean;
}

const isText = (value: unknown) => typeof value === "string";
const isNumber = (value: unknown) => typeof value === "number" && Number.isFinite(value);
const isList = (value: unknown, fits: Form["fits"]) => Array.isArray(value) && value.every(fits);
const isMap = (value: unknown, fits: Form["fits"]) =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(fits);

const text: Form = { expected: "a text", fits: isText };
const texts: Form = { expected: "a list of texts", fits: (value) => isList(value, isText) };
const number: Form = { expected: "a number", fits: isNumber };
const numbers: Form = { expected: "a list of numbers", fits: (value) => isList(value, isNumber) };
const perStage: Form = {
  expected: "a number, or numbers by stage",
  fits: (value) => isNumber(value) || isMap(value, isNumber),
};
const recipeSettings: Form = {
  expected: "numbers, lists of numbers and texts by name",
  fits: (value) => isMap(value, (entry) => isNumber(entry) || isText(entry) || isList(entry, isNumber)),
};

function oneOf<const Choice extends string>(...choices: readonly Choice[]): Form {
  return { expected: choices.join(", "), fits: (value) => choices.includes(value as Choice) };
}

/** The form of every option in `run.yaml`. */
const forms: { readonly [Name in keyof Required<TrainingOptions>]: Form } = {
  pairs: texts,
  split: text,
  repeat: numbers,
  dark: texts,
  normal: texts,
  stage: text,
  from: text,
  steps: perStage,
  batch: perStage,
  crop: perStage,
  rate: perStage,
  schedule: oneOf("own", "constant", "cosine", "one-cycle"),
  warmUp: number,
  clipNorm: number,
  weightDecay: number,
  average: number,
  preset: text,
  set: recipeSettings,
  seed: number,
  perceptual: text,
  perceptualLayer: text,
  validate: text,
  validateEvery: number,
  validationPairs: number,
  validationSide: number,
  checkpointMinutes: number,
  device: oneOf("cpu", "webgpu"),
  threads: number,
};

/**
 * Reads the settings of a run.
 *
 * @throws {KindlingError} `not-found` where the store holds no run; `invalid-option` for a file that is not YAML, naming
 * the file, or for settings that are unknown or have another form, naming each.
 */
export async function readRunSettings(store: RunStore): Promise<RunSettings> {
  const path = store.locate(settingsFile);
  const bytes = await store.read(settingsFile);
  if (!bytes) {
    throw new KindlingError("not-found", `${path}: there is no run to continue. Check --out, or leave out --resume.`);
  }
  const values = parseRunSettings(new TextDecoder().decode(bytes), path);
  if (!isMap(values, () => true)) {
    throw new KindlingError("invalid-option", `${path}: expected settings by name.`);
  }
  // The place of the run is where it was read from: its folder may have moved.
  const { network, out: _, ...options } = values as Readonly<Record<string, unknown>>;
  requireForms({ network, ...options }, { network: text, ...forms }, path);
  return { network: network as string, options };
}

/**
 * Checks the form of options of a training that were read from a file.
 *
 * @throws {KindlingError} `invalid-option` for options that are unknown or have another form, naming each.
 */
export function checkTrainingOptions(
  options: Readonly<Record<string, unknown>>,
  path: string,
): Partial<TrainingOptions> {
  requireForms(options, forms, path);
  return options;
}

function requireForms(
  values: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, Form>>,
  path: string,
): void {
  const faults = Object.entries(values).flatMap(([name, value]) => describeFault(name, value, known));
  if (faults.length === 0) return;
  throw new KindlingError("invalid-option", faults.map((fault) => `${path}: ${fault}`).join(" "));
}

function describeFault(name: string, value: unknown, known: Readonly<Record<string, Form>>): string[] {
  const form = known[name];
  if (!form) return [`there is no setting ${name}; known are ${Object.keys(known).join(", ")}.`];
  return form.fits(value) ? [] : [`${name}: expected ${form.expected}; got ${JSON.stringify(value)}.`];
}
