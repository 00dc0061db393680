import { stat } from "node:fs/promises";
import { checkedSettings, findMethod, KindlingError, type MethodSettings, methods, readError } from "@kindling/node";
import { parseSetting } from "../parse-setting.ts";
import type { Engine } from "./run-job.ts";

/** Something that is evaluated: a method or a model that is run, or a folder of results made elsewhere. */
export type Candidate =
  | {
      readonly kind: "engine";
      /** What it is called in tables: as it was typed. */
      readonly label: string;
      readonly engine: Engine;
    }
  | { readonly kind: "folder"; readonly label: string; readonly folder: string };

/**
 * The candidates that were typed: `name`, `name:setting=number,setting=number`, `model.onnx`, a model with numbers for
 * its other inputs as in `kind.onnx:ratio=5`, or a folder of results.
 * A name of a method is that method; a folder of the same name is written `./name`.
 *
 * @throws {KindlingError} `invalid-option` where one is neither, has a wrong setting, or is there twice.
 */
export async function parseCandidates(words: readonly string[]): Promise<Candidate[]> {
  const candidates = await Promise.all(words.map(parseCandidate));
  const labels = candidates.map(({ label }) => label);
  const twice = labels.find((label, i) => labels.indexOf(label) !== i);
  if (twice !== undefined) throw new KindlingError("invalid-option", `${twice} is there twice. Name each once.`);
  return candidates;
}

async function parseCandidate(text: string): Promise<Candidate> {
  const colon = text.indexOf(":");
  const name = colon < 0 ? text : text.slice(0, colon);
  const settings = colon < 0 ? {} : settingsOf(text, text.slice(colon + 1));
  if (methods.some((method) => method.name === name)) {
    const complete = checkedSettings(findMethod(name), settings);
    return { kind: "engine", label: text, engine: { kind: "method", method: name, settings: complete } };
  }
  if (name.endsWith(".onnx")) {
    await stat(name).catch((cause) => {
      throw readError(name, cause);
    });
    return { kind: "engine", label: text, engine: { kind: "model", model: name, settings } };
  }
  const isFolder = await stat(text).then(
    (known) => known.isDirectory(),
    () => false,
  );
  if (isFolder) return { kind: "folder", label: text.replace(/(?<=.)\/+$/, ""), folder: text };
  const known = methods.map((method) => method.name).join(", ");
  throw new KindlingError(
    "invalid-option",
    `${text}: neither a folder of results, an ONNX model nor a method; there are ${known}.`,
  );
}

function settingsOf(candidate: string, text: string): MethodSettings {
  return Object.fromEntries(text.split(",").map((part) => parseSetting(part, candidate)));
}
