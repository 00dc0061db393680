import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { commitFile, encodePreview, type Picture, stageFile } from "@kindling/node";
import type { ValidationPair } from "./validation.ts";

const folderName = "samples";

/** Longer side of a sample in pixels. */
const sidePx = 320;

/** Pairs that are shown; more make the report heavy. */
const mostPairs = 3;

/** Validations of a stage that are shown, evenly spread, the last among them. */
const mostMoments = 5;

/** A picture of the report. */
interface Sample {
  readonly caption: string;
  readonly uri: string;
}

/** The pictures of a pair: before, what was made of it stage by stage, and the reference. */
export interface SampleRow {
  readonly name: string;
  readonly samples: readonly Sample[];
}

/** The pictures made at validations, kept as files so that a resumed run still shows them. */
export class SampleLog {
  readonly #folder: string;
  readonly #pairs: readonly ValidationPair[];

  constructor(folder: string, pairs: readonly ValidationPair[]) {
    this.#folder = join(folder, folderName);
    this.#pairs = pairs.slice(0, mostPairs);
  }

  /** Keeps what a validation made. */
  async add(stage: string, step: number, results: readonly Picture[]): Promise<void> {
    for (const [i] of this.#pairs.entries()) {
      const picture = results[i];
      if (!picture) continue;
      const path = join(this.#folder, `${i}-${stage}-${step}.webp`);
      await commitFile(await stageFile(path, await previewOf(picture)));
    }
  }

  /**
   * The rows of the report.
   *
   * @param stages names in the order of training.
   */
  async rows(stages: readonly string[]): Promise<SampleRow[]> {
    const files = await readdir(this.#folder).catch(() => []);
    return Promise.all(
      this.#pairs.map(async ({ name, low, normal }, i) => {
        const made = stages.flatMap((stage) => spread(momentsOf(files, `${i}-${stage}-`)));
        const results = made.map(async ({ file, step, prefix }) => ({
          caption: `${prefix.slice(String(i).length + 1, -1)}, step ${step}`,
          uri: uriOf(await readFile(join(this.#folder, file))),
        }));
        const before = { caption: "dark", uri: uriOf(await previewOf(low)) };
        const reference = { caption: "reference", uri: uriOf(await previewOf(normal)) };
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

/** The files of a pair in a stage, in the order of their steps. */
function momentsOf(files: readonly string[], prefix: string): Moment[] {
  return files
    .filter((file) => file.startsWith(prefix) && /^\d+\.webp$/.test(file.slice(prefix.length)))
    .map((file) => ({ file, prefix, step: Number.parseInt(file.slice(prefix.length), 10) }))
    .sort((a, b) => a.step - b.step);
}

function spread(moments: readonly Moment[]): Moment[] {
  const count = Math.min(mostMoments, moments.length);
  return Array.from({ length: count }, (_, i) => Math.ceil(((i + 1) * moments.length) / count) - 1).flatMap(
    (index) => moments[index] ?? [],
  );
}

function previewOf(picture: Picture): Promise<Uint8Array> {
  return encodePreview({ picture, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] }, sidePx);
}

function uriOf(bytes: Uint8Array): string {
  return `data:image/webp;base64,${Buffer.from(bytes).toString("base64")}`;
}
