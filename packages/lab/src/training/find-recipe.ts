import { KindlingError } from "@kindling/core";
import type { TrainingRecipe } from "./recipe.ts";
import { emberRecipe } from "./recipes/ember.ts";
import { enlightenGanRecipe } from "./recipes/enlightengan.ts";
import { kindRecipe } from "./recipes/kind.ts";
import { gladnetRecipe, msrNetRecipe, retinexNetRecipe } from "./recipes/paired.ts";

/** Every network that can be trained. */
export const trainingRecipes: readonly TrainingRecipe[] = [
  emberRecipe,
  kindRecipe,
  gladnetRecipe,
  msrNetRecipe,
  retinexNetRecipe,
  enlightenGanRecipe,
];

/**
 * How the network of a name is trained.
 *
 * @throws {KindlingError} `invalid-option`, listing the names there are.
 */
export function findRecipe(network: string): TrainingRecipe {
  const found = trainingRecipes.find((recipe) => recipe.network === network);
  if (found) return found;
  const names = trainingRecipes.map((recipe) => recipe.network).join(", ");
  throw new KindlingError("invalid-option", `network: there is no training of ${network}; choose one of ${names}.`);
}
