import type { Picture } from "@kindling/core";
import type { PhotoSource } from "../data/photo-source.ts";
import type { RunStore } from "./run-store.ts";
import type { ValidationPair } from "./validation.ts";

const folder = "samples";

/** Longer side of a sample in pixels. */
const sidePx = 320;

/** Number of pairs in the report; more would make it large. */
const mostPairs = 3;

/** Number of validations of a stage in the report, evenly spread, the last among them. */
const mostMoments = 5;

/** A picture of the report. */
export interface Sample {
  readonly caption: string;
  /** A data URI. */
  readonly uri: string;
}

/** The pictures of a pair: the dark one, its results stage by stage, and the reference. */
export interface SampleRow {
  readonly name: string;
  readonly samples: readonly Sample[];
}

/** The results of validations, in files, so that a resumed run still shows them. */
export class SampleLog {
  readonly #store: RunStore;
  readonly #encode: (picture: Picture) => Promise<Uint8Array>;
  readonly #pairs: readonly ValidationPair[];

  constructor(store: RunStore, photos: PhotoSource, pairs: readonly ValidationPair[]) {
    this.#store = store;
    this.#encode = (picture) => photos.encodePreview(picture, sidePx);
    this.#pairs = pairs.slice(0, mostPairs);
  }

  /** Writes the results of a validation, one a pair. */
  async add(stage: string, step: number, results: readonly Picture[]): Promise<void> {
    for (const [i] of this.#pairs.entries()) {
      const picture = results[i];
      if (!picture) continue;
      await this.#store.write(`${folder}/${i}-${stage}-${step}.webp`, await this.#encode(picture));
    }
  }

  /**
   * Reads the rows of the report.
   *
   * @param stages names in the order of training.
   */
  async rows(stages: readonly string[]): Promise<SampleRow[]> {
    const files = await this.#store.list(folder);
    return Promise.all(
      this.#pairs.map(async ({ name, low, normal }, i) => {
        const made = stages.flatMap((stage) => spread(momentsOf(files, `${i}-${stage}-`)));
        const results = made.map(async ({ file, step, prefix }) => ({
          caption: `${prefix.slice(String(i).length + 1, -1)}, step ${step}`,
          uri: uriOf((await this.#store.read(`${folder}/${file}`)) ?? new Uint8Array()),
        }));
        const before = { caption: "dark", uri: uriOf(await this.#encode(low)) };
        const reference = { caption: "reference", uri: uriOf(await this.#encode(normal)) };
        return { name, samples: [before, ...(await Promise.all(results)), reference] };
      }),
    );
  }
}

interface Moment {
  readonly file: string;
  readonly prefix: string;
  readonly step: number;
}

/** Finds the files of a pair in a stage, in the order of their steps. */
function momentsOf(files: readonly string[], prefix: string): Moment[] {
  return files
    .filter((file) => file.startsWith(prefix) && /^\d+\.webp$/.test(file.slice(prefix.length)))
    .map((file) => ({ file, prefix, step: Number.parseInt(file.slice(prefix.length), 10) }))
    .sort((a, b) => a.step - b.step);
}

function spread(moments: readonly Moment[]): Moment[] {
  const count = Math.min(mostMoments, moments.length);
  return Array.from({ length: count }, (_, i) => Math.ceil(((i + 1) * moments.length) / count) - 1).map(
    (index) => moments[index],
  );
}

function uriOf(bytes: Uint8Array): string {
  return `data:image/webp;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;
}
