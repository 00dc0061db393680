import { join } from "node:path";
import { defaultMethod, factsOfMethod, methods, openModelStore } from "@kindling/node";
import { megapixelsOf, type Size, sizes, vga } from "./photos-to-measure.ts";

/** What decides at which sizes a method is measured. */
export interface MeasuredMethod {
  /** As commands take it; of a network with the tag of its weights. */
  readonly name: string;
  readonly isNetwork: boolean;
  /** Whether it is what `kindling enhance` takes unless told otherwise. */
  readonly isDefault: boolean;
  /** Whether it is not slow by nature; of networks those whose runs are brief. */
  readonly isQuick: boolean;
  /** Whether people may use it for their photos: neither for research alone nor only kept to compare with. */
  readonly isForPhotos: boolean;
}

/** Every method and all installed weights, as the registry and the model packages describe them. */
export async function listMethods(checkout: string): Promise<MeasuredMethod[]> {
  const [free, installed] = await Promise.all([
    openModelStore(join(checkout, "models")).list(),
    openModelStore().list(),
  ]);
  const nameOf = ({ network, tag }: (typeof installed)[number]) => `${network}.${tag}`;
  const freeNames = new Set(free.map(nameOf));
  const standard = installed.find(({ network }) => network === defaultMethod);
  const networks = installed.map((manifest): MeasuredMethod => {
    const { made } = factsOfMethod(manifest.network);
    return {
      name: nameOf(manifest),
      isNetwork: true,
      isDefault: manifest === standard,
      isQuick: made.by === "network" && made.method.isBrief === true,
      isForPhotos: manifest.unfit === undefined && freeNames.has(nameOf(manifest)),
    };
  });
  const classical = methods.map(({ name, duration }): MeasuredMethod => {
    const isDefault = name === defaultMethod;
    return { name, isNetwork: false, isDefault, isQuick: duration === undefined, isForPhotos: true };
  });
  return [...networks, ...classical];
}

/** Chooses methods by names; that of a network alone stands for its first weights. */
export function chooseMethods(all: readonly MeasuredMethod[], names: readonly string[]): MeasuredMethod[] {
  return names.map((name) => {
    const found =
      all.find((method) => method.name === name) ?? all.find((method) => method.name.startsWith(`${name}.`));
    if (found) return found;
    throw new Error(`There is no method ${name}; there are ${all.map((method) => method.name).join(", ")}.`);
  });
}

/** Largest photo in megapixels of a method that is for large photos, but not the default. */
const commonMP = 25;

/** Which photos are measured at all. */
export interface SizeLimits {
  /** Most megapixels of any photo. */
  readonly largestMP: number;
  /** Whether all methods for large photos are measured at the largest one, too, and not the default method alone. */
  readonly isLargestForAll: boolean;
}

/** The sizes that a method is meant for. */
export function sizesOf(
  { isDefault, isQuick, isForPhotos }: Omit<MeasuredMethod, "name" | "isNetwork">,
  { largestMP, isLargestForAll }: SizeLimits,
): readonly Size[] {
  const largeMP = isDefault || isLargestForAll ? Number.POSITIVE_INFINITY : commonMP;
  const mostMP = Math.min(largestMP, isQuick && isForPhotos ? largeMP : megapixelsOf(vga));
  return sizes.filter((size) => megapixelsOf(size) <= mostMP);
}
