import { hwioToOihw, hwoiToIohw } from "./kernel-layout.ts";
import type { ParameterSource } from "./match-parameters.ts";

/** One layer: its name in our network, its name in the checkpoint, and what is special about it. */
export type LayerRow = readonly [ours: string, theirs: string, kind?: "transposed, no bias"];

/**
 * The parameter sources of a table of layers stored in TensorFlow's layout.
 *
 * @param net our network, the first part of its parameters' paths.
 * @param scope the beginning of every layer's name in the checkpoint.
 * @param weight the checkpoint's name for the kernel of a layer; likewise `bias`.
 */
export function tensorflowSources(
  net: string,
  scope: string,
  { weight, bias }: { readonly weight: string; readonly bias: string },
  layers: readonly LayerRow[],
): [string, ParameterSource][] {
  return layers.flatMap(([ours, theirs, kind]): [string, ParameterSource][] => {
    const layout = kind ? hwoiToIohw : hwioToOihw;
    const kernel: [string, ParameterSource] = [
      `${net}/${ours}/weight`,
      { name: `${scope}${theirs}/${weight}`, layout },
    ];
    return kind ? [kernel] : [kernel, [`${net}/${ours}/bias`, { name: `${scope}${theirs}/${bias}` }]];
  });
}

/** The parameter sources of a table of layers stored by PyTorch, whose layout is ours. */
export function pytorchSources(net: string, scope: string, layers: readonly LayerRow[]): [string, ParameterSource][] {
  return layers.flatMap(([ours, theirs]): [string, ParameterSource][] => [
    [`${net}/${ours}/weight`, { name: `${scope}${theirs}.weight` }],
    [`${net}/${ours}/bias`, { name: `${scope}${theirs}.bias` }],
  ]);
}
