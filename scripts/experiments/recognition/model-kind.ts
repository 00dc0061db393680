import { readFileSync } from "node:fs";
import { KindlingError } from "@kindling/core";
import { readModel } from "@kindling/nets/internal";

/** What a model of `--recogniser` does. */
type ModelKind = "line reader" | "text detector" | "image classifier";

/** The kind of a model, and the shape of its input; sides that are no numbers are free. */
interface ModelFacts {
  readonly kind: ModelKind;
  readonly inputShape: readonly (number | string | undefined)[];
}

/**
 * Tells by the shape of a model's first output what it does: [n, columns, classes] reads lines of text,
 * [n, 1, height, width] is a map of text, [n, classes] names what a picture shows. Its one input must be a picture,
 * [n, 3, height, width].
 *
 * @param file path of the ONNX file; also names it in errors.
 * @throws {KindlingError} `invalid-model` for other shapes.
 */
export function factsOfModel(file: string): ModelFacts {
  const { inputs, initialisers, outputs } = readModel(readFileSync(file));
  // Old files list their weights among the inputs.
  const weights = new Set(initialisers.map(({ name }) => name));
  const [input, ...others] = inputs.filter(({ name }) => !weights.has(name));
  const inputShape = input?.shape ?? [];
  if (others.length > 0 || inputShape.length !== 4 || (inputShape[1] !== 3 && typeof inputShape[1] === "number")) {
    const found = inputs
      .filter(({ name }) => !weights.has(name))
      .map(({ name, shape }) => `${name} [${shape.join(", ")}]`);
    throw new KindlingError(
      "invalid-model",
      `${file}: expected one input [n, 3, height, width], got ${found.join("; ")}.`,
    );
  }
  const shape = outputs[0]?.shape ?? [];
  const kind = kindOfOutput(shape);
  if (kind) return { kind, inputShape };
  throw new KindlingError(
    "invalid-model",
    `${file}: expected [n, columns, classes] of a line recogniser, [n, 1, height, width] of a text detector or [n, classes] of an image classifier as its first output, got [${shape.map((side) => side ?? "?").join(", ")}].`,
  );
}

function kindOfOutput(shape: readonly (number | string | undefined)[]): ModelKind | undefined {
  if (shape.length === 2) return "image classifier";
  if (shape.length === 3) return "line reader";
  return shape.length === 4 && shape[1] === 1 ? "text detector" : undefined;
}
