import { KindlingError } from "@kindling/core";
import type { PhotoReader } from "./photo-source.ts";
import { type ImageFacts, type TrainingImage, trainingImage } from "./training-image.ts";

/** Number of photos that are decoded at the same time. */
const lanes = 4;

/** Photos for training by their number. Those that fit the memory budget stay decoded; others are decoded on request. */
export class PictureStore {
  readonly paths: readonly string[];
  readonly #photos: PhotoReader;
  readonly #budgetBytes: number;
  readonly #kept = new Map<number, TrainingImage>();
  readonly #underWay = new Map<number, Promise<TrainingImage>>();
  #keptBytes = 0;

  /**
   * @param budgetBytes memory that decoded photos may fill together; 3 or 6 bytes a pixel.
   */
  constructor(photos: PhotoReader, paths: readonly string[], budgetBytes: number) {
    this.#photos = photos;
    this.paths = paths;
    this.#budgetBytes = budgetBytes;
  }

  /** How many photos stay decoded. */
  get keptCount(): number {
    return this.#kept.size;
  }

  /** Memory of the photos that stay decoded. */
  get keptBytes(): number {
    return this.#keptBytes;
  }

  /**
   * Decodes every photo once, to find those that cannot be used.
   *
   * @param onProgress called with the number of decoded photos.
   * @returns the facts of each photo, or the reason why it cannot be used.
   */
  async inspect(onProgress: (done: number) => void): Promise<(ImageFacts | KindlingError)[]> {
    const found: (ImageFacts | KindlingError)[] = [];
    const queue = this.paths.keys();
    let done = 0;
    const lane = async () => {
      for (const index of queue) {
        try {
          const image = await this.#decode(index);
          found[index] = image.facts;
          if (this.#keptBytes + image.samples.byteLength <= this.#budgetBytes) {
            this.#keptBytes += image.samples.byteLength;
            this.#kept.set(index, image);
          }
        } catch (error) {
          if (!(error instanceof KindlingError)) throw error;
          found[index] = error;
        }
        onProgress(++done);
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return found;
  }

  /**
   * Fetches photos by their numbers. Simultaneous requests for a photo share one decoding.
   *
   * @throws {KindlingError} where a file has changed since it was inspected.
   */
  async fetch(indices: Iterable<number>): Promise<ReadonlyMap<number, TrainingImage>> {
    const images = [...new Set(indices)].map(async (index) => [index, await this.#get(index)] as const);
    return new Map(await Promise.all(images));
  }

  async #get(index: number): Promise<TrainingImage> {
    const kept = this.#kept.get(index);
    if (kept) return kept;
    const known = this.#underWay.get(index);
    if (known) return known;
    const decoding = this.#decode(index).finally(() => this.#underWay.delete(index));
    this.#underWay.set(index, decoding);
    return decoding;
  }

  async #decode(index: number): Promise<TrainingImage> {
    const path = this.paths[index];
    if (path === undefined) throw new KindlingError("internal", `There is no photo of number ${index}.`);
    const { picture, depth } = await this.#photos.readPhoto(path);
    return trainingImage(picture, depth);
  }
}
