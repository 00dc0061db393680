import { readFile } from "node:fs/promises";
import type { System } from "@kindling/lab";
import { parseRunSettings, readRunSettings } from "@kindling/lab/internal";
import { KindlingError } from "@kindling/node";
import { readError, wholeNumber } from "@kindling/node/internal";
import { openRunFolder } from "@kindling/node/lab";
import { findSystem } from "@kindling/systems";
import { z } from "zod";
import { checkOptions } from "../options/schema-options.ts";
import { type TrainOptions, trainOptions } from "../options/train-options.ts";

/** The words of a `kindling train`. */
export interface TrainWords {
  readonly network: string | undefined;
  /** The options that were typed, without defaults. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly config: string | undefined;
  readonly resume: boolean | undefined;
  /** Steps beyond those of the run's plan; implies `resume`. */
  readonly extend: string | undefined;
}

/** A training that the command line describes. */
export interface TrainingRequest {
  readonly system: System;
  /** Complete for a new run; for a resumed one those that were typed. */
  readonly options: Partial<TrainOptions> & Pick<TrainOptions, "out" | "json">;
  readonly resume: boolean;
  readonly extend: number | undefined;
}

const configSchema = trainOptions.partial().extend({ network: z.string().optional() });

/**
 * Reads what to train from the command line and, where one is named, a file of settings. A resumed run reads its other
 * settings itself.
 *
 * @throws {KindlingError} `invalid-option` naming each wrong option or line of a file; `not-found`.
 */
export async function readTrainingRequest(words: TrainWords): Promise<TrainingRequest> {
  const { flags, config } = words;
  const { extend } = checkOptions(z.object({ extend: wholeNumber(1, 16_000_000).optional() }), words);
  const { resume = extend !== undefined } = words;
  if (resume && config !== undefined) {
    throw new KindlingError("invalid-option", "--config: a resumed run has its own run.yaml. Leave one of them out.");
  }
  if (resume) {
    const typed = checkOptions(trainOptions, flags);
    const network = words.network ?? (await readRunSettings(openRunFolder(typed.out))).network;
    const options = { ...pickNames(typed, flags), out: typed.out, json: typed.json };
    return { system: findSystem(network), options, resume, extend };
  }
  const { network: fileNetwork, ...written } = config === undefined ? {} : await readConfig(config);
  const network = words.network ?? fileNetwork;
  if (network === undefined) {
    throw new KindlingError("invalid-option", "network: name one, such as kindling train kind, or give a --config.");
  }
  // The settings in a file would hide those of a preset that was typed.
  const { set, ...others } = written;
  const configured = flags["preset"] === undefined ? written : others;
  const options = checkOptions(trainOptions, { ...configured, ...flags });
  return { system: findSystem(network), options, resume, extend };
}

async function readConfig(path: string): Promise<z.infer<typeof configSchema>> {
  const text = await readFile(path, "utf8").catch((cause) => {
    throw readError(path, cause);
  });
  const values = parseRunSettings(text, path);
  const parsed = configSchema.safeParse(values);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      if (issue.code !== "unrecognized_keys") return `${path}: ${issue.path.join(".") || "settings"}: ${issue.message}`;
      const known = Object.keys(configSchema.shape).join(", ");
      return `${path}: there is no setting ${issue.keys.join(", ")}; known are ${known}.`;
    });
    throw new KindlingError("invalid-option", lines.join("; "));
  }
  return pickNames(parsed.data, values as object);
}

/** Picks the values whose names were given, without the schema's defaults. */
function pickNames<Values extends object>(values: Values, given: object): Partial<Values> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name in given)) as Partial<Values>;
}
