import { expect, test } from "vitest";
import { createRandom } from "../image/random.ts";
import type { ModelSession, ModelTensor, ModelTensors } from "../runtime/runtime.ts";
import type { Tile } from "./plan-tiles.ts";
import { type ChainLink, runChain } from "./run-chain.ts";
import type { TileSource } from "./run-tiles.ts";
import { createTileMemory } from "./tile-memory.ts";
import { planesSink, planesSource } from "./tile-ports.ts";

const [width, height] = [61, 45];
const random = createRandom(8, "chain");
const plane = () => ({ width, height, values: new Float32Array(width * height) });
const image = { ...plane(), values: Float32Array.from({ length: width * height }, random) };

/** Means over blocks of 4 x 4; the picture's last row and column are repeated up to a multiple of 8. */
function means({ shape, values }: ModelTensor): ModelTensor {
  const [, , rows = 0, columns = 0] = shape;
  const sides = [rows, columns].map((side) => 2 * Math.ceil(side / 8));
  const [down = 0, across = 0] = sides;
  const result = new Float32Array(down * across);
  for (let y = 0; y < 4 * down; y++) {
    for (let x = 0; x < 4 * across; x++) {
      const value = values[Math.min(y, rows - 1) * columns + Math.min(x, columns - 1)];
      result[Math.floor(y / 4) * across + Math.floor(x / 4)] += value / 16;
    }
  }
  return { shape: [1, 1, down, across], values: result };
}

/** The sum of each value and its eight neighbours; black beyond the map. */
function neighbours({ shape, values }: ModelTensor): ModelTensor {
  const [, , rows = 0, columns = 0] = shape;
  const result = values.map((_, i) => {
    const [y, x] = [Math.floor(i / columns), i % columns];
    let sum = 0;
    for (let v = Math.max(0, y - 1); v <= Math.min(rows - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(columns - 1, x + 1); u++) sum += values[v * columns + u];
    }
    return sum;
  });
  return { shape, values: result };
}

/** The picture plus what its block has in a map. */
function joined({ shape, values }: ModelTensor, map: ModelTensor): ModelTensor {
  const [, , , columns = 0] = shape;
  const across = map.shape[3] ?? 0;
  const result = values.map((value, i) => {
    const [y, x] = [Math.floor(i / columns), i % columns];
    return value + map.values[Math.floor(y / 4) * across + Math.floor(x / 4)];
  });
  return { shape, values: result };
}

/** The pixels that sessions were fed. */
const fed: number[] = [];

function sessionOf(
  inputNames: readonly string[],
  output: string,
  run: (inputs: ModelTensors) => ModelTensor,
): ModelSession {
  return {
    inputNames,
    outputNames: [output],
    device: "cpu",
    run: async (inputs) => {
      fed.push(inputs["image"]?.values.length ?? 0);
      return { [output]: run(inputs) };
    },
    dispose: async () => undefined,
  };
}

const encoder = sessionOf(["image"], "fine", ({ image: picture }) => means(picture as ModelTensor));
const context = sessionOf(["fine"], "around", ({ fine }) => neighbours(fine as ModelTensor));
const decoder = sessionOf(["image", "around"], "result", ({ image: picture, around }) =>
  joined(picture as ModelTensor, around as ModelTensor),
);

/** Memory of all runs here, so that each begins with what the one before left there. */
const memory = createTileMemory();

async function run(maxMemoryBytes: number, contextHaloPx = 7, contextBytes = maxMemoryBytes) {
  fed.length = 0;
  const budget = { bytesPerPixel: 1, maxMemoryBytes };
  const small = { bytesPerPixel: 1, maxMemoryBytes: contextBytes };
  const maps = (name: string) => ({ [name]: { channels: 1, blockPx: 4 } });
  const links: ChainLink[] = [
    { session: encoder, tiling: { haloPx: 0, alignmentPx: 8 }, budget, maps: maps("fine") },
    { session: context, tiling: { haloPx: contextHaloPx, alignmentPx: 8 }, budget: small, maps: maps("around") },
    { session: decoder, tiling: { haloPx: 0, alignmentPx: 8 }, budget, maps: {} },
  ];
  const result = plane();
  const source = planesSource([image]);
  let fills = 0;
  const counted: TileSource = {
    ...source,
    fill(region, values) {
      fills++;
      source.fill(region, values);
    },
  };
  const flow = { inputs: { image: counted }, outputs: { result: planesSink([result]) } };
  const done: number[] = [];
  await runChain(links, image, flow, budget, { onProgress: (share) => done.push(share) }, memory);
  return { values: result.values, done, fills };
}

const shape = [1, 1, height, width];
const whole = joined({ shape, values: image.values }, neighbours(means({ shape, values: image.values }))).values;
const farthest = (values: Float32Array) =>
  values.reduce((most, value, i) => Math.max(most, Math.abs(value - whole[i])), 0);

test.each([1e6, 2000, 900])(
  "parts in a chain give what they give on the whole picture, within %i pixels",
  async (pixels) => {
    const { values, done } = await run(pixels);
    expect(farthest(values)).toBeLessThan(1e-6);
    expect(Math.max(...fed)).toBeLessThanOrEqual(pixels);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBeCloseTo(1, 6);
  },
);

test("what a part does not see around its tiles shows", async () => {
  const { values } = await run(900, 0);
  expect(farthest(values)).toBeGreaterThan(0.1);
});

test("a picture of one tile is read once for all parts", async () => {
  expect((await run(1e6)).fills).toBe(1);
});

test("a part in tiles of its own reads what was handed on in pieces", async () => {
  const { values, done } = await run(1e6, 7, 900);
  expect(done.length).toBeGreaterThan(3);
  expect(farthest(values)).toBeLessThan(1e-6);
});

test("what was handed on is freed, and a result that the next part takes whole is read where it lies", async () => {
  const handed: Float32Array[] = [];
  const [seen, freed]: [Float32Array[], Float32Array[]] = [[], []];
  const noting = (session: ModelSession, input: string): ModelSession => ({
    ...session,
    async run(inputs) {
      const results = await session.run(inputs);
      handed.push(...Object.values(results).map(({ values }) => values));
      if (inputs[input]) seen.push(inputs[input].values);
      return results;
    },
    free: (results) => freed.push(...Object.values(results).map(({ values }) => values)),
  });
  const budget = { bytesPerPixel: 1, maxMemoryBytes: 1e6 };
  const tiling = { haloPx: 8, alignmentPx: 8 };
  const result = plane();
  await runChain(
    [
      { session: noting(encoder, "image"), tiling, budget, maps: { fine: { channels: 1, blockPx: 4 } } },
      { session: noting(context, "fine"), tiling, budget, maps: { around: { channels: 1, blockPx: 4 } } },
      { session: decoder, tiling, budget, maps: {} },
    ],
    image,
    { inputs: { image: planesSource([image]) }, outputs: { result: planesSink([result]) } },
    budget,
  );
  expect(farthest(result.values)).toBeLessThan(1e-6);
  expect(freed).toHaveLength(2);
  for (const [i, values] of freed.entries()) expect(values).toBe(handed[i]);
  expect(seen[1]).toBe(handed[0]);
});

test("tiles are right as far around what is kept of them as a sink reads", async () => {
  const budget = { bytesPerPixel: 1, maxMemoryBytes: 2000 };
  const links: ChainLink[] = [
    { session: encoder, tiling: { haloPx: 0, alignmentPx: 8 }, budget, maps: { fine: { channels: 1, blockPx: 4 } } },
    { session: context, tiling: { haloPx: 7, alignmentPx: 8 }, budget, maps: { around: { channels: 1, blockPx: 4 } } },
    { session: decoder, tiling: { haloPx: 0, alignmentPx: 8 }, budget, maps: {} },
  ];
  /** The greatest difference of the pixels 3 to the left of those that are kept, where there are any. */
  const farthestAround = async (aroundPx: number) => {
    let [most, tiles] = [0, 0];
    const result = {
      channels: 1,
      aroundPx,
      take({ fed, kept }: Tile, values: Float32Array) {
        tiles++;
        for (let y = kept.top; y < kept.top + kept.height; y++) {
          for (let x = Math.max(kept.left - 3, 0); x < kept.left; x++) {
            const value = values[(y - fed.top) * fed.width + x - fed.left];
            most = Math.max(most, x < fed.left ? 1 : Math.abs(value - whole[y * width + x]));
          }
        }
      },
    };
    await runChain(links, image, { inputs: { image: planesSource([image]) }, outputs: { result } }, budget);
    return { most, tiles };
  };
  const { most, tiles } = await farthestAround(3);
  expect(most).toBeLessThan(1e-6);
  expect(tiles).toBeGreaterThan(2);
  expect((await farthestAround(0)).most).toBe(1);
});
