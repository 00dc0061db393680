import { KindlingError } from "@kindling/core";
import type { ModelForm } from "../model-form.ts";
import type { System } from "../system.ts";
import { completeSettings, type RecipeSettings } from "../training/recipe-settings.ts";
import { parseVariantName } from "../training/variant-name.ts";

/**
 * Chooses the form of a system's models by its name: the graphs that weights are shipped in.
 *
 * @param variant a listed form, or one with settings such as `msr-net+K=6`; the first form if not given.
 * @throws {KindlingError} `invalid-option`, listing the variants there are.
 */
export function chooseForm(system: System, variant?: string): ModelForm {
  const { name, models } = system;
  if (variant === undefined) return models[0];
  const found = findForm(system, variant);
  if (found) return found;
  const known = models.map((form) => form.name).join(", ");
  throw new KindlingError("invalid-option", `--variant ${variant}: expected one of the forms of ${name}: ${known}.`);
}

/** Finds the form that weights belong in which were trained with these settings. */
export function formOfSettings({ models, recipe }: System, settings: RecipeSettings): ModelForm {
  return recipe.model?.(settings) ?? models[0];
}

/**
 * Finds a form of a system by its name, or by that of one of its networks.
 *
 * @param name such as `kind+root`, `kind+root/analysis` or `msr-net+K=6`.
 * @returns undefined for other systems, and for networks that are a part of no form, or of several.
 * @throws {KindlingError} `invalid-option` where the name holds settings that the system has not.
 */
export function findForm(system: System, name: string): ModelForm | undefined {
  const isMeant = (form: ModelForm) =>
    form.name === name || Object.values(form.parts).some(({ network }) => network.name === name);
  const meant = system.models.filter(isMeant);
  if (meant.length > 0) return meant.length === 1 ? meant[0] : undefined;
  const settings = name.split("+")[0] === system.name ? parseVariantName(name) : undefined;
  return settings && formOfSettings(system, completeSettings(system.recipe.settings, settings));
}

/**
 * Finds the form that weights belong in, from what their sources say of them.
 *
 * @param belongsTo networks (`kind+root/analysis`) or forms (`kind+root`), such as ONNX files and runs name; those that
 * are a part of no form, or of several, say nothing.
 * @returns the first form where nothing is said.
 * @throws {KindlingError} `invalid-option` where the sources disagree.
 */
export function formOfSources(system: System, belongsTo: readonly string[]): ModelForm {
  const meant = new Map(
    belongsTo.flatMap((name) => {
      const form = findForm(system, name);
      return form ? [[form.name, form] as const] : [];
    }),
  );
  const [form = system.models[0], other] = meant.values();
  if (!other) return form;
  throw new KindlingError(
    "invalid-option",
    `--from: weights of ${[...meant.keys()].join(" and ")}. Give weights of one form of ${system.name}, or choose one by --variant.`,
  );
}
