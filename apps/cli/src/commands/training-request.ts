import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { System } from "@kindling/lab";
import { parseRunSettings, settingsFile } from "@kindling/lab/internal";
import { KindlingError } from "@kindling/node";
import { resolvePaths } from "@kindling/node/lab/internal";
import { findSystem } from "@kindling/systems";
import { z } from "zod";
import { wholeNumber } from "../options/batch-options.ts";
import { checkOptions, flagOf } from "../options/schema-options.ts";
import { changeableOnResume, type TrainOptions, trainOptions } from "../options/train-options.ts";

/** What the command was given. */
export interface TrainWords {
  readonly network: string | undefined;
  /** Options of the command line, those alone that were typed. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly config: string | undefined;
  readonly resume: boolean | undefined;
  /** Steps to continue for, beyond those that the run was planned with; resumes it. */
  readonly extend: string | undefined;
}

/** A training that the command line asks for. */
export interface TrainingRequest {
  readonly system: System;
  readonly options: TrainOptions;
  readonly resume: boolean;
  readonly extend: number | undefined;
}

const configSchema = trainOptions.partial().extend({ network: z.string().optional() });

/**
 * Puts a request together from the command line, a file of settings, and the run's own settings where it is resumed.
 *
 * @throws {KindlingError} `invalid-option` naming each option or line of a file that cannot be; `not-found`.
 */
export async function readTrainingRequest(words: TrainWords): Promise<TrainingRequest> {
  const { network, flags, config } = words;
  const { extend } = checkOptions(z.object({ extend: wholeNumber(1, 16_000_000).optional() }), words);
  const { resume = extend !== undefined } = words;
  if (resume && config !== undefined) {
    throw new KindlingError("invalid-option", "--config: a resumed run has its own run.yaml. Leave one of them out.");
  }
  const { out: typedOut } = flags;
  const out = String(typedOut ?? trainOptions.shape.out.parse(undefined));
  const source = resume ? join(out, settingsFile) : config;
  const { network: fileNetwork, ...written } = source === undefined ? {} : await readSettings(source);
  const options = checkOptions(trainOptions, { ...written, ...flags });
  if (resume) requireUnchanged(checkOptions(trainOptions, written), options, flags);

  const name = network ?? fileNetwork;
  if (name === undefined) {
    throw new KindlingError("invalid-option", "network: name one, such as kindling train kind, or give a --config.");
  }
  if (resume && name !== fileNetwork) {
    throw new KindlingError("invalid-option", `network: the run in ${out} trains ${fileNetwork}, not ${name}.`);
  }
  return { system: findSystem(name), options, resume, extend };
}

async function readSettings(path: string): Promise<z.infer<typeof configSchema>> {
  const text = await readFile(path, "utf8").catch((cause) => {
    throw new KindlingError("not-found", `${path}: this file of settings cannot be read.`, { cause });
  });
  const values = parseRunSettings(text, path);
  const parsed = configSchema.safeParse(values);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      if (issue.code !== "unrecognized_keys") return `${path}: ${issue.path.join(".") || "settings"}: ${issue.message}`;
      const known = Object.keys(configSchema.shape).join(", ");
      return `${path}: there is no setting ${issue.keys.join(", ")}; known are ${known}.`;
    });
    throw new KindlingError("invalid-option", lines.join("\n"));
  }
  // Only the settings that the file has: defaults must not win over anything.
  const present = new Set(Object.keys(values as object));
  return Object.fromEntries(Object.entries(parsed.data).filter(([name]) => present.has(name)));
}

function requireUnchanged(before: TrainOptions, now: TrainOptions, flags: Readonly<Record<string, unknown>>): void {
  const [stored, wanted] = [resolvePaths(before), resolvePaths(now)];
  for (const name of Object.keys(flags) as (keyof TrainOptions)[]) {
    if (changeableOnResume.includes(name)) continue;
    const [was, is] = [stored[name], wanted[name]].map((value) => JSON.stringify(value));
    if (was === is) continue;
    throw new KindlingError(
      "invalid-option",
      `--${flagOf(name)} ${is}: this run has ${was}, and a resumed run goes on as it began. Leave it out, or begin a new run with --from.`,
    );
  }
}
