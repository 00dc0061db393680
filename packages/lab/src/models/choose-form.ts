import { KindlingError } from "@kindling/core";
import type { ModelForm, System } from "../system.ts";
import type { LossSettings } from "../training/loss-settings.ts";

/**
 * Chooses the form of a system's models by its name: the graphs that weights are shipped in.
 *
 * @param variant the first form if not given.
 * @throws {KindlingError} `invalid-option`, listing the variants there are.
 */
export function chooseForm({ name, models }: System, variant?: string): ModelForm {
  if (variant === undefined) return models[0];
  const found = models.find((form) => form.name === variant);
  if (found) return found;
  const known = models.map((form) => form.name).join(", ");
  throw new KindlingError("invalid-option", `--variant ${variant}: expected one of the forms of ${name}: ${known}.`);
}

/** Finds the form that weights belong in which were trained with these loss settings. */
export function formOfLoss({ models, recipe }: System, loss: LossSettings): ModelForm {
  const name = recipe.model?.(loss);
  return models.find((form) => form.name === name) ?? models[0];
}

/**
 * Finds the form that weights belong in, from what their sources say of them.
 *
 * @param belongsTo networks (`kind+root/analysis`) or forms (`kind+root`), such as ONNX files and runs name; those that
 * are a part of no form, or of several, say nothing.
 * @returns the first form where nothing is said.
 * @throws {KindlingError} `invalid-option` where the sources disagree.
 */
export function formOfSources({ name, models }: System, belongsTo: readonly string[]): ModelForm {
  const meant = models.filter((form) =>
    belongsTo.some(
      (source) => source === form.name || Object.values(form.parts).some(({ network }) => network.name === source),
    ),
  );
  if (meant.length < 2) return meant[0] ?? models[0];
  throw new KindlingError(
    "invalid-option",
    `--from: weights of ${meant.map((form) => form.name).join(" and ")}. Give weights of one form of ${name}, or choose one by --variant.`,
  );
}
