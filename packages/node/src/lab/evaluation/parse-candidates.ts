import { stat } from "node:fs/promises";
import { join } from "node:path";
import { KindlingError, type MethodSettings, type ModelStore, methods } from "@kindling/core";
import { completeSettings, readLight, requireLight, requireStrengths, withoutFollower } from "@kindling/core/internal";
import type { Candidate, Engine, LightSettings } from "@kindling/lab/internal";
import { networkMethods } from "@kindling/systems/inference";
import { factsOfMethod } from "../../enhance/facts-of-method.ts";
import { parseSetting } from "../../enhance/parse-setting.ts";
import { firstNetworkOf } from "../../models/locate-method.ts";
import { openModelStore } from "../../models/open-model-store.ts";
import { readError } from "../../photo/file-errors.ts";

/**
 * Parses candidates as people type them: `name`, `name+bm3d`, `name:setting=number,setting=number` (light, denoise, denoiseColour and keepHighlights
 * are settings of every method that has them), `model.onnx`, a model with numbers for its other inputs as in
 * `kind.onnx:ratio=5`, or a folder of results. The name of a method is that method; a folder of the same name is
 * written `./name`.
 *
 * @param models folder of models; default the installed ones.
 * @throws {KindlingError} `not-found` for a network without weights; `invalid-option` where a candidate is none of these, has a wrong setting or is named twice.
 * @example
 * const candidates = await parseCandidates(["kind", "ember:light=+1ev", "lime:gamma=0.8", "results-of-others"]);
 */
export async function parseCandidates(words: readonly string[], models?: string): Promise<Candidate[]> {
  const store = openModelStore(models);
  const candidates = await Promise.all(words.map((word) => parseCandidate(word, store)));
  const labels = candidates.map(({ label }) => label);
  const twice = labels.find((label, i) => labels.indexOf(label) !== i);
  if (twice !== undefined)
    throw new KindlingError("invalid-option", `${twice} is given twice. Give each candidate once.`);
  return candidates;
}

async function parseCandidate(text: string, store: ModelStore): Promise<Candidate> {
  const colon = text.indexOf(":");
  const name = colon < 0 ? text : text.slice(0, colon);
  const settings = colon < 0 ? {} : parseSettings(text, text.slice(colon + 1));
  if (isMethod(name)) return { kind: "engine", label: text, engine: await describeMethodEngine(name, settings, store) };
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
  // Results may have an index.json of their own.
  const network = isFolder ? await firstNetworkOf(text).catch(() => undefined) : undefined;
  if (network !== undefined) {
    const reason = `it holds trained networks, not results. Give the network's name and the folder: ${network} --models ${text}`;
    throw new KindlingError("invalid-option", `${text}: ${reason}.`);
  }
  if (isFolder) return { kind: "folder", label: text.replace(/(?<=.)\/+$/, ""), folder: join(text, ".") };
  const known = [...networkMethods, ...methods].map((method) => method.name).join(", ");
  throw new KindlingError(
    "invalid-option",
    `${text}: neither a folder of results, an ONNX model nor a method; there are ${known}.`,
  );
}

function isMethod(name: string): boolean {
  if (name.endsWith(".onnx")) return false;
  const first = withoutFollower(name);
  return (
    methods.some((method) => method.name === first) ||
    networkMethods.some((method) => first === method.name || first.startsWith(`${method.name}.`))
  );
}

/** Light and strengths are options of relighting; all other numbers are settings of the method. */
async function describeMethodEngine(method: string, given: MethodSettings, store: ModelStore): Promise<Engine> {
  const facts = factsOfMethod(method);
  // So that a missing model is one error, not one for every photo.
  if (facts.made.by === "network") await store.manifest(facts.made.method.name, facts.made.tag);
  const { light, denoise, denoiseColour, keepHighlights, ...settings } = given;
  const lighting: LightSettings = { light, denoise, denoiseColour, keepHighlights };
  requireLight(light ?? "auto");
  requireStrengths(lighting, facts);
  return { kind: "method", method, settings: completeSettings(facts, settings), lighting };
}

function parseSettings(candidate: string, text: string): MethodSettings {
  return Object.fromEntries(text.split(",").map((part) => parseSettingOrLight(part, candidate)));
}

function parseSettingOrLight(text: string, candidate: string): [name: string, value: number] {
  const stops = /^light=(.*ev)$/i.exec(text)?.[1];
  const light = stops === undefined ? undefined : readLight(stops);
  return typeof light === "number" ? ["light", light] : parseSetting(text, candidate);
}
