import type { Paper } from "../classical/method.ts";
import type { FollowOptions } from "../flow/steps.ts";
import type { ModelTensors } from "../runtime/runtime.ts";
import type { MethodOption, MethodSettings } from "../settings/method-settings.ts";
import type { ChainMap } from "../tiling/run-chain.ts";
import type { TileFlow } from "../tiling/run-tiles.ts";
import type { ModelManifest } from "./model-store.ts";
import type { OpenMethod } from "./open-method.ts";
import type { AllStrengths, StrengthName } from "./strengths.ts";

/** A part of a trained network, loaded: it runs on pictures of any size in tiles that fit the memory. */
export interface OpenPart {
  /**
   * Runs it once over a whole picture.
   *
   * @throws {KindlingError} what `planTiles` and `runTiles` throw.
   */
  run(size: { readonly width: number; readonly height: number }, flow: TileFlow, options: FollowOptions): Promise<void>;
  /**
   * Runs it once on tensors, for a part whose inputs and outputs are not pictures of one size.
   *
   * @throws {KindlingError} what `ModelSession.run` throws.
   */
  compute(inputs: ModelTensors, options: FollowOptions): Promise<ModelTensors>;
  /** Grid that tiles must begin on, in pixels. */
  readonly alignmentPx: number;
}

/** A part of a network in a chain: it takes the maps of parts before it by the names of its inputs. */
export interface PartOfChain {
  /** Name of the part. */
  readonly part: string;
  /** Its outputs that later parts take, each at a part of the picture's size. */
  readonly maps?: Readonly<Record<string, ChainMap>>;
}

/** A trained network whose parts are all loaded. */
export interface OpenModel {
  readonly manifest: ModelManifest;
  /**
   * Runs parts one after the other over a whole picture, with what they hand on in memory for a large tile at a time.
   *
   * @throws {KindlingError} what `runChain` throws; `invalid-model` where the model has no such part, or one that must see
   * the whole picture.
   */
  runChain(
    chain: readonly PartOfChain[],
    size: { readonly width: number; readonly height: number },
    flow: TileFlow,
    options: FollowOptions,
  ): Promise<void>;
  /** @throws {KindlingError} `invalid-model` where the model has no such part. */
  part(name: string): OpenPart;
  close(): Promise<void>;
}

/** How pictures go through one network architecture: one file a system. */
export interface NetworkMethod {
  /** The network's name, such as `kind`. */
  readonly name: string;
  /** Where it is described; left out where it is Kindling's own. */
  readonly paper?: Paper;
  /** What it is there for, in a sentence, where Kindling has no weights of it: people train it themselves. */
  readonly withoutWeights?: string;
  /** How long it takes, told before it starts; only of networks that are slow by nature. */
  readonly duration?: string;
  /**
   * Whether its runs over half a megapixel take well under a second on one core, so that one photo can be enhanced on the
   * thread that listens for Ctrl-C.
   */
  readonly isBrief?: true;
  /**
   * Whether pages run its floats in Kindling's own module of WebAssembly (`openWasmSession` of `@kindling/nets/inference`), so
   * that they fetch no ONNX Runtime.
   */
  readonly runsInModule?: true;
  /** Settings it has, by name; none if left out. */
  readonly options?: Readonly<Record<string, MethodOption>>;
  readonly strengths: readonly StrengthName[];
  /** Where they differ from those of other methods. */
  readonly defaultStrengths?: Partial<AllStrengths>;
  /** Whether it splits a photo into reflectance and illumination. */
  readonly hasMaps: boolean;
  /** Whether it lights a photo at any level itself; the others reach a level from their one result. */
  readonly hasOwnLight: boolean;
  /**
   * For each part, the share of the memory allowed that a pixel of its tile uses up: what its run takes on ONNX
   * Runtime's processor provider, measured, over the part's share. A session keeps the memory of its largest run, so
   * the parts share what is allowed. `chain` is what a pixel takes of the maps that parts hand on to others.
   */
  readonly bytesPerPixel: Readonly<Record<string, number>>;
  /** Bytes that an analysed photo keeps for each of its pixels, beside the photo. */
  readonly keptBytesPerPixel: number;
  /** @param settings a value for each of `options`. */
  open(model: OpenModel, settings: MethodSettings): OpenMethod;
}
