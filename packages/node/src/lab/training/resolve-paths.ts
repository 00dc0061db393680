import { resolve } from "node:path";
import type { TrainingOptions } from "@kindling/lab";

/** Makes the paths of a training's options absolute, so that its settings hold wherever the process runs. */
export function resolvePaths<Options extends Partial<TrainingOptions>>(options: Options): Options {
  const all = (paths: readonly string[] | undefined) => paths?.map((path) => resolve(path));
  const { pairs, dark, normal, from, perceptual } = options;
  return {
    ...options,
    ...(pairs && { pairs: all(pairs) }),
    ...(dark && { dark: all(dark) }),
    ...(normal && { normal: all(normal) }),
    ...(from !== undefined && { from: resolve(from) }),
    ...(perceptual !== undefined && { perceptual: resolve(perceptual) }),
  };
}
