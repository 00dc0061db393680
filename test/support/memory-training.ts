import { createHash } from "node:crypto";
import type { PhotoSource, RunStore } from "@kindling/lab";
import { type DataPlan, openDataset } from "@kindling/lab/internal";
import { KindlingError, type Picture } from "@kindling/node";
import { samplePair } from "./pair-data.ts";

/** A run that is kept in memory; `files` holds what was written. */
export function memoryStore(): RunStore & { readonly files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>();
  const encoder = new TextEncoder();
  return {
    files,
    place: "memory",
    locate: (name) => `memory:${name}`,
    read: async (name) => files.get(name),
    list: async (folder) =>
      [...files.keys()].filter((name) => name.startsWith(`${folder}/`)).map((name) => name.slice(folder.length + 1)),
    async write(name, content) {
      files.set(name, typeof content === "string" ? encoder.encode(content) : content.slice());
    },
    async append(name, text) {
      files.set(name, Buffer.concat([files.get(name) ?? new Uint8Array(), encoder.encode(text)]));
    },
    removeAbandoned: async () => undefined,
  };
}

/** Sample pairs without files: the source `pairs` has so many, its split `val` the last of them. */
export function memoryPhotos(count = 4): PhotoSource {
  const photos = new Map<string, Picture>();
  for (let seed = 1; seed <= count; seed++) {
    const { low, normal } = samplePair(seed);
    photos.set(`low ${seed}`, low).set(`normal ${seed}`, normal);
  }
  const pairs = Array.from({ length: count }, (_, i) => ({
    name: `${i + 1}`,
    low: `low ${i + 1}`,
    normal: `normal ${i + 1}`,
  }));
  const source: PhotoSource = {
    locate: async (name) => (name === "pairs" ? name : undefined),
    findPairs: async (_, split) => ({ pairs: split === "val" ? pairs.slice(-1) : pairs, failures: [] }),
    listPhotos: async () => [...photos.keys()],
    async readPhoto(name) {
      const picture = photos.get(name);
      if (!picture) throw new KindlingError("not-found", `${name}: there is no such photo.`);
      return { picture, depth: 8 };
    },
    async openBatches(plan: DataPlan) {
      const options = { photos: source, budgetBytes: Number.POSITIVE_INFINITY, onProgress: () => undefined };
      const { summary, makeBatch } = await openDataset(plan, options);
      return { summary, batch: (step) => makeBatch(step), recycle: () => undefined, close: async () => undefined };
    },
    encodePreview: async ({ samples }) => createHash("sha256").update(samples).digest(),
  };
  return source;
}
