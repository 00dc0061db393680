import { stat } from "node:fs/promises";
import {
  checkedSettings,
  factsOfMethod,
  KindlingError,
  type MethodSettings,
  type ModelStore,
  methods,
  networkMethods,
  openModelStore,
  readError,
  requireLight,
  requireStrengths,
} from "@kindling/node";
import { parseSetting } from "../parse-setting.ts";
import type { Engine, LightSettings } from "./run-job.ts";

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
 * The candidates that were typed: `name`, `name:setting=number,setting=number` (light, denoise and keepHighlights are
 * settings of every method that has them), `model.onnx`, a model with numbers for its other inputs as in
 * `kind.onnx:ratio=5`, or a folder of results.
 * A name of a method is that method; a folder of the same name is written `./name`.
 *
 * @param models folder of trained networks, if not the installed ones.
 * @throws {KindlingError} `not-found` for a network without weights; `invalid-option` where one is neither, has a wrong setting, or is there twice.
 */
export async function parseCandidates(words: readonly string[], models?: string): Promise<Candidate[]> {
  const store = openModelStore(models);
  const candidates = await Promise.all(words.map((word) => parseCandidate(word, store)));
  const labels = candidates.map(({ label }) => label);
  const twice = labels.find((label, i) => labels.indexOf(label) !== i);
  if (twice !== undefined) throw new KindlingError("invalid-option", `${twice} is there twice. Name each once.`);
  return candidates;
}

async function parseCandidate(text: string, store: ModelStore): Promise<Candidate> {
  const colon = text.indexOf(":");
  const name = colon < 0 ? text : text.slice(0, colon);
  const settings = colon < 0 ? {} : settingsOf(text, text.slice(colon + 1));
  if (isMethod(name)) return { kind: "engine", label: text, engine: await methodEngine(name, settings, store) };
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
  const known = [...networkMethods, ...methods].map((method) => method.name).join(", ");
  throw new KindlingError(
    "invalid-option",
    `${text}: neither a folder of results, an ONNX model nor a method; there are ${known}.`,
  );
}

function isMethod(name: string): boolean {
  return (
    methods.some((method) => method.name === name) ||
    networkMethods.some(
      (method) => name === method.name || (name.startsWith(`${method.name}.`) && !name.endsWith(".onnx")),
    )
  );
}

/** Light and strengths go to the lighting, all other numbers are settings of the method. */
async function methodEngine(method: string, given: MethodSettings, store: ModelStore): Promise<Engine> {
  const facts = factsOfMethod(method);
  // Weights that are not there are told now, not for every photo.
  if (facts.made.by === "network") await store.manifest(facts.made.method.name, facts.made.tag);
  const { light, denoise, keepHighlights, ...settings } = given;
  const lighting: LightSettings = { light, denoise, keepHighlights };
  requireLight(light ?? "auto");
  requireStrengths(lighting, facts);
  return { kind: "method", method, settings: checkedSettings(facts, settings), lighting };
}

function settingsOf(candidate: string, text: string): MethodSettings {
  return Object.fromEntries(text.split(",").map((part) => parseSetting(part, candidate)));
}
