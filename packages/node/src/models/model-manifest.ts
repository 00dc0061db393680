import { KindlingError, type ModelManifest } from "@kindling/core";
import { z } from "zod";

const numbers = z.array(z.number());

const light = z.strictObject({
  features: z.array(z.string()),
  mean: numbers,
  scale: z.array(z.number().positive()),
  weights: numbers,
  intercept: z.number(),
  min: z.number().min(0),
  max: z.number().min(0),
});

/** Tiles with more around them than this would be no smaller than photos; the networks here need at most 191 px. */
const mostTilingPx = 2048;

const part = z.strictObject({
  // A name, never a path: a manifest must not reach out of its folder.
  file: z.string().regex(/^[^/\\]+\.onnx$/, "expected the name of an ONNX file beside the manifest"),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits"),
  haloPx: z.int().min(0).max(mostTilingPx).optional(),
  alignmentPx: z.int().min(1).max(mostTilingPx).optional(),
});

const manifest = z.strictObject({
  format: z.literal(1),
  network: z.string().min(1),
  tag: z.string().min(1),
  title: z.string(),
  about: z.string(),
  licence: z.string(),
  trainedOn: z.array(z.string()),
  parameters: z.int().positive(),
  parts: z.record(z.string(), part),
  light: light.optional(),
  borderPx: z.int().min(0).max(256).optional(),
  unfit: z.string().optional(),
  measured: z.record(z.string(), z.unknown()).optional(),
});

const index = z.strictObject({
  format: z.literal(1),
  models: z.array(z.string().regex(/^[^./\\]+\.[^/\\]+$/, "expected names such as kind.night")),
});

/**
 * Reads a manifest.
 *
 * @param path names the file in errors.
 * @throws {KindlingError} `invalid-model`, naming the field, what was expected and what came.
 */
export function parseManifest(text: string, path: string): ModelManifest {
  return parseJson(manifest, text, path);
}

/**
 * Reads a list of models: their names; the first of a network is its default.
 *
 * @param path names the file in errors.
 * @throws {KindlingError} `invalid-model`, naming the field, what was expected and what came.
 */
export function parseModelIndex(text: string, path: string): readonly string[] {
  return parseJson(index, text, path).models;
}

function parseJson<Schema extends z.ZodType>(schema: Schema, text: string, path: string): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new KindlingError("invalid-model", `${path}: expected JSON: ${String(cause)}`, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path: at, message }) => `${at.join(".") || "the whole"}: ${message}`);
  throw new KindlingError("invalid-model", `${path}: ${faults.join("; ")}.`);
}
