import {
  factsOfMethod as factsWithNetworks,
  KindlingError,
  type LightMaps,
  type Photo,
  type Scene,
} from "@kindling/core";
import { networkMethods } from "@kindling/systems/inference";

/** The names of a photo's maps. */
export type MapName = keyof LightMaps;

/** The networks that split a photo into reflectance and illumination. */
export const networksWithMaps: readonly string[] = networkMethods
  .filter(({ hasMaps }) => hasMaps)
  .map(({ name }) => name);

/**
 * Checks that a method splits photos into maps.
 *
 * @param option name of the option in errors.
 * @throws {KindlingError} `invalid-option`.
 */
export function requireMaps(method: string, option: string): void {
  if (factsWithNetworks(method, networkMethods).hasMaps) return;
  const names = networksWithMaps.join(", ");
  throw new KindlingError("invalid-option", `${option} ${method}: it does not split photos; choose one of ${names}.`);
}

/** The maps of an analysed photo as photos of their own, ready to be written. */
export function photoMaps(scene: Scene, photo: Photo): Partial<Record<MapName, Photo>> {
  // What things look like has the photo's colours; a profile of colours does not apply to their light.
  const { icc } = photo.metadata;
  const maps = Object.entries(scene.maps()).map(([name, picture]) => [
    name,
    { ...photo, metadata: icc && name !== "illumination" ? { icc } : {}, picture },
  ]);
  return Object.fromEntries(maps);
}
