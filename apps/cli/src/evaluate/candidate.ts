import { stat } from "node:fs/promises";
import { checkedSettings, findMethod, KindlingError, type MethodSettings, methods } from "@kindling/node";
import { parseSetting } from "../parse-setting.ts";

/**
 * Something that is evaluated: a method that is run, or a folder of results made elsewhere.
 * Networks and ONNX files join here, as kinds that are run.
 */
export type Candidate =
  | {
      readonly kind: "method";
      /** What it is called in tables: as it was typed. */
      readonly label: string;
      readonly method: string;
      readonly settings: MethodSettings;
    }
  | { readonly kind: "folder"; readonly label: string; readonly folder: string };

/**
 * The candidates that were typed: `name`, `name:setting=number,setting=number`, or a folder of results.
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
  if (methods.some((method) => method.name === name)) {
    const settings = colon < 0 ? {} : settingsOf(text, text.slice(colon + 1));
    return { kind: "method", label: text, method: name, settings: checkedSettings(findMethod(name), settings) };
  }
  const isFolder = await stat(text).then(
    (known) => known.isDirectory(),
    () => false,
  );
  if (isFolder) return { kind: "folder", label: text.replace(/(?<=.)\/+$/, ""), folder: text };
  const known = methods.map((method) => method.name).join(", ");
  throw new KindlingError("invalid-option", `${text}: neither a folder of results nor a method; there are ${known}.`);
}

function settingsOf(candidate: string, text: string): MethodSettings {
  return Object.fromEntries(text.split(",").map((part) => parseSetting(part, candidate)));
}
