import type { FollowOptions } from "../flow/steps.ts";
import type { Tiling } from "../tiling/plan-tiles.ts";
import type { AutomaticLight } from "./automatic-light.ts";

/** One file of a trained network. */
export interface ModelPart {
  /** Name of the ONNX file, beside the manifest. */
  readonly file: string;
  readonly bytes: number;
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  /** For running it in tiles, in pixels; both are left out if it needs the whole picture at once. */
  readonly haloPx?: number | undefined;
  readonly alignmentPx?: number | undefined;
}

/** How a part can be cut into tiles; undefined if it needs the whole picture at once. */
export function tilingOf({ haloPx, alignmentPx }: ModelPart): Tiling | undefined {
  return haloPx === undefined || alignmentPx === undefined ? undefined : { haloPx, alignmentPx };
}

/** What is known about the weights of a trained network: the file `<network>/<tag>.json`. */
export interface ModelManifest {
  readonly format: 1;
  /** The architecture, such as `kind`. */
  readonly network: string;
  /** The weights' own name; `kind.night` is the network kind with the weights night. */
  readonly tag: string;
  readonly title: string;
  /** What it is good for: two sentences at most. */
  readonly about: string;
  /** Terms under which the weights may be used. */
  readonly licence: string;
  /** Data sets the weights were trained on. */
  readonly trainedOn: readonly string[];
  readonly parameters: number;
  /** The parts that run by themselves, by name. */
  readonly parts: Readonly<Record<string, ModelPart>>;
  /** Model of automatic light, if the network takes a level and one was fitted. */
  readonly light?: AutomaticLight | undefined;
  /**
   * Width in pixels of the mirrored border added before the network runs; without it some networks see black outside
   * the photo.
   */
  readonly borderPx?: number | undefined;
  /**
   * Why the weights are not fit to enhance photos with: they are kept to compare with, and `kindling methods` and the page
   * do not offer them. Left out for weights that are fit.
   */
  readonly unfit?: string | undefined;
  /** Figures of the card, by name. */
  readonly measured?: Readonly<Record<string, unknown>> | undefined;
}

/** Port to trained networks in a folder, a package or on a web server. */
export interface ModelStore {
  /** The manifests of all models; the first of each network is its default. */
  list(): Promise<readonly ModelManifest[]>;

  /**
   * The manifest of a model.
   *
   * @param tag default: the first of the network.
   * @throws {KindlingError} `not-found`, listing the models there are; `invalid-model` for a manifest of another
   * format.
   */
  manifest(network: string, tag?: string): Promise<ModelManifest>;

  /**
   * The bytes of one part, checked against the manifest's hash.
   *
   * @throws {KindlingError} `not-found`; `damaged` if they differ; `unreadable`; `cancelled`.
   */
  load(manifest: ModelManifest, part: string, options?: FollowOptions): Promise<Uint8Array>;
}
