import type { FollowOptions } from "../flow/steps.ts";
import type { AutomaticLight } from "./automatic-light.ts";

/** One file of a trained network. */
export interface ModelPart {
  /** Name of the ONNX file, beside the manifest. */
  readonly file: string;
  readonly bytes: number;
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  /** How it can be run in tiles; both are left out where it must see the whole picture. */
  readonly haloPx?: number | undefined;
  readonly alignmentPx?: number | undefined;
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
  /** Under which terms the weights may be used. */
  readonly licence: string;
  /** The data they learnt from. */
  readonly trainedOn: readonly string[];
  readonly parameters: number;
  /** The parts that run by themselves, by name. */
  readonly parts: Readonly<Record<string, ModelPart>>;
  /** How light a photo wants to be, where the network takes a level and this was fitted. */
  readonly light?: AutomaticLight | undefined;
  /** So far a photo is continued by its mirror image, for networks that would take what is beyond its edges for black. */
  readonly borderPx?: number | undefined;
  /** Figures of the card, by name. */
  readonly measured?: Readonly<Record<string, unknown>> | undefined;
}

/** Trained networks, wherever they lie: the port that a folder, a package or a web server is adapted to. */
export interface ModelStore {
  /** The manifests of all models, the one to use where no tag is given before others of its network. */
  list(): Promise<readonly ModelManifest[]>;

  /**
   * The manifest of a model.
   *
   * @param tag the first of the network's if not given.
   * @throws {KindlingError} `not-found`, saying which there are; `invalid-model` for a manifest that is none.
   */
  manifest(network: string, tag?: string): Promise<ModelManifest>;

  /**
   * The bytes of one part, the same as when the manifest was written.
   *
   * @throws {KindlingError} `not-found`; `damaged` where they differ; `unreadable`; `cancelled`.
   */
  load(manifest: ModelManifest, part: string, options?: FollowOptions): Promise<Uint8Array>;
}
