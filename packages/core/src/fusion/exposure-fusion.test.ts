import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { finish } from "../flow/steps.ts";
import type { ChannelCount, Picture } from "../image/picture.ts";
import { createRandom } from "../image/random.ts";
import { fuseExposures } from "./exposure-fusion.ts";

function noise(width: number, height: number, channels: ChannelCount, seed: number): Picture {
  const random = createRandom(seed, "noise");
  return { width, height, channels, samples: Float32Array.from({ length: width * height * channels }, () => random()) };
}

/** A scene of two halves: the left is shown well by the short exposure, the right by the long one. */
function bracket(): { short: Picture; long: Picture } {
  const random = createRandom(5, "scene");
  const [width, height] = [64, 32];
  const light = Float32Array.from({ length: width * height * 3 }, (_, i) => {
    const x = Math.floor(i / 3) % width;
    return (x < width / 2 ? 1.6 : 0.08) * (0.7 + 0.3 * random());
  });
  const expose = (gain: number): Picture => ({
    width,
    height,
    channels: 3,
    samples: light.map((value) => Math.min(value * gain, 1)),
  });
  return { short: expose(0.35), long: expose(6) };
}

describe("exposure fusion", () => {
  test("of equal exposures is the exposure, whatever its size and channels", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom(1, 2, 3, 4),
        fc.nat(),
        (width, height, channels, seed) => {
          const picture = noise(width, height, channels as ChannelCount, seed);
          const { samples } = finish(fuseExposures([picture, picture, picture]));
          for (const [i, value] of samples.entries()) expect(value).toBeCloseTo(picture.samples[i], 4);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("keeps each half of a scene as the exposure has it that shows it well", () => {
    const { short, long } = bracket();
    const { samples } = finish(fuseExposures([short, long]));
    const meanOf = ({ samples: values }: { samples: Float32Array }, from: number) => {
      let sum = 0;
      for (let y = 8; y < 24; y++) for (let x = from; x < from + 16; x++) sum += values[(y * 64 + x) * 3];
      return sum / 256;
    };
    expect(meanOf(long, 8)).toBe(1);
    expect(meanOf({ samples }, 8)).toBeLessThan(0.7);
    expect(meanOf(short, 40)).toBeLessThan(0.03);
    expect(meanOf({ samples }, 40)).toBeGreaterThan(5 * meanOf(short, 40));
  });

  test("stays within 0 and 1", () => {
    const { samples } = finish(fuseExposures([noise(33, 17, 3, 1), noise(33, 17, 3, 2)]));
    expect(Math.min(...samples)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...samples)).toBeLessThanOrEqual(1);
  });

  test("reports progress from 0 to 1 without going back", () => {
    const steps = fuseExposures([noise(40, 30, 3, 1), noise(40, 30, 3, 2)]);
    let last = 0;
    for (let next = steps.next(); !next.done; next = steps.next()) {
      expect(next.value).toBeGreaterThanOrEqual(last);
      expect(next.value).toBeLessThanOrEqual(1);
      last = next.value;
    }
  });

  test.each([
    ["no picture", [], "expected at least one picture; got none"],
    ["pictures of two sizes", [noise(2, 2, 3, 1), noise(2, 3, 3, 1)], "2 x 2 pixels of 3 channels and 2 x 3 pixels"],
  ])("refuses %s", (_, pictures, message) => {
    expect(() => finish(fuseExposures(pictures))).toThrow(message);
  });
});
