import { KindlingError } from "../errors.ts";
import { ahe } from "./ahe.ts";
import { bimef } from "./bimef.ts";
import { bm3d } from "./bm3d/bm3d.ts";
import { clahe } from "./clahe.ts";
import { gamma } from "./gamma.ts";
import { he } from "./he.ts";
import { jed } from "./jed.ts";
import { lecarm } from "./lecarm.ts";
import { lime } from "./lime.ts";
import type { ClassicalMethod } from "./method.ts";
import { mf } from "./mf.ts";
import { msr } from "./msr.ts";
import { msrcr } from "./msrcr.ts";
import { npe } from "./npe.ts";
import { robustRetinex } from "./robust-retinex.ts";
import { srie } from "./srie.ts";
import { ssr } from "./ssr.ts";

/** Every classical method, the most useful first. */
export const methods: readonly ClassicalMethod[] = [
  lime,
  npe,
  srie,
  jed,
  robustRetinex,
  bimef,
  lecarm,
  mf,
  gamma,
  clahe,
  msrcr,
  msr,
  ssr,
  he,
  ahe,
  bm3d,
];

/**
 * Finds a classical method by name.
 *
 * @throws {KindlingError} `invalid-option` for an unknown name; the message lists the known ones.
 * @example
 * // runs
 * const clahe = findMethod("clahe");
 * const enhanced = finish(clahe.enhance(dark, defaultSettings(clahe), { levels: 255 }));
 * enhanced.width; // 48
 */
export function findMethod(name: string): ClassicalMethod {
  const found = methods.find((method) => method.name === name);
  if (found) return found;
  const known = methods.map((method) => method.name).join(", ");
  throw new KindlingError("invalid-option", `There is no classical method "${name}"; there are ${known}.`);
}
