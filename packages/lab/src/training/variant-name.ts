import {
  formatSettingValue,
  parseSettingValue,
  type RecipeOptions,
  type RecipeSettings,
  type SettingValue,
} from "./recipe-settings.ts";

/**
 * Names the variant of a network that settings of its training lead to: the network's name, and each setting that differs
 * from its default.
 *
 * @param options the settings that the graph depends on; others belong to the loss alone.
 * @example
 * // runs
 * const options = { K: { default: 10, min: 1, max: 40, about: "layers" } };
 * variantName("msr-net", options, { K: 6 }); // "msr-net+K=6"
 * variantName("msr-net", options, { K: 10 }); // "msr-net"
 */
export function variantName<Options extends RecipeOptions>(
  network: string,
  options: Options,
  settings: RecipeSettings<Options>,
): string {
  const changed = Object.entries(options).flatMap(([name, option]) => {
    const [value, initial] = [settings[name] as SettingValue, option.default].map(formatSettingValue);
    return value === initial ? [] : `+${name}=${value}`;
  });
  return [network, ...changed].join("");
}

/** Reads the settings in the name of a variant or of a part of one; undefined where it names none. */
export function parseVariantName(name: string): Readonly<Record<string, SettingValue>> | undefined {
  const [, ...changed] = (name.split("/")[0] ?? "").split("+");
  const settings = changed.map((text) => /^([^=]+)=(.+)$/.exec(text));
  if (settings.length === 0 || settings.includes(null)) return undefined;
  return Object.fromEntries(settings.map((match) => [match![1], parseSettingValue(match![2]!)]));
}
