import { createPicture, type Photo } from "@kindling/core";
import { openEnhancer } from "@kindling/node";
import type { Experiment } from "./experiment.ts";
import { measureHalo } from "./measure-halo.ts";

/** Networks whose receptive field ends within the picture, MSR-Net first, and what it is made of. */
const methods = ["msr-net.mixed", "gladnet.mixed", "kind.free", "ember.free", "msr", "lime", "gamma"];

const [width, height] = [256, 128];

/** Pixels at either end that do not count: there networks see the border. */
const borderPx = 16;

/** Pixels of either side that the plot shows. */
const shownPx = 60;

/** An even sky beside an even wall, encoded: red, green and blue. */
const sky = [0.1, 0.11, 0.14];
const wall = [0.32, 0.3, 0.27];

/** Halos of methods in smooth areas, the known trouble of MSR-Net: arXiv 1711.02488, section 5. */
export const halo: Experiment = {
  name: "halo",
  title: "Halos in smooth areas",
  counts: false,
  async run() {
    const rows: string[][] = [];
    const lines = [];
    for (const method of methods) {
      const enhancer = await openEnhancer({ method, device: "cpu", threads: 1 });
      const { picture } = await (await enhancer.analyse(skyBesideWall())).relight();
      await enhancer.close();
      const profile = lumaAlong(picture.samples).slice(borderPx, -borderPx);
      const edge = width / 2 - borderPx;
      const [dark, bright] = measureHalo(profile, edge);
      const contrast = Math.abs(profile.at(-1)! - profile[0]!);
      rows.push([method, ...[dark, bright].flatMap(showHalo), (100 * contrast).toFixed(1)]);
      lines.push({
        name: method,
        points: profile.slice(edge - shownPx, edge + shownPx).map((y, x) => ({ x, y: 100 * y })),
      });
    }
    return {
      about: `An even dark sky beside an even wall, ${width}x${height}, at automatic light: luma across the edge, in percent of white. A halo is the greatest distance from the light of the quarter farthest from the edge; its reach is where a tenth of that is left. Two pixels beside the edge and 16 at either end do not count.`,
      head: ["method", "halo in the sky, %", "reach, px", "halo on the wall, %", "reach there, px", "contrast, %"],
      rows,
      lines,
      across: `pixels; the edge is at ${shownPx}`,
      up: "luma (% of white)",
    };
  },
};

/** Height in percent and reach of a halo; one of no height reaches nowhere. */
function showHalo({ height: levels, reachPx }: ReturnType<typeof measureHalo>[0]): readonly string[] {
  const percent = (100 * levels).toFixed(1);
  return Number(percent) === 0 ? ["0.0", "–"] : [percent, String(reachPx)];
}

function skyBesideWall(): Photo {
  const picture = createPicture(width, height, 3);
  for (let i = 0; i < width * height; i++) {
    for (let channel = 0; channel < 3; channel++) {
      picture.samples[3 * i + channel] = (i % width < width / 2 ? sky : wall)[channel]!;
    }
  }
  return { picture, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] };
}

/** Mean luma of each column, of the rows in the middle: top and bottom have borders of their own. */
function lumaAlong(samples: Float32Array): number[] {
  const [from, to] = [height / 2 - 8, height / 2 + 8];
  return Array.from({ length: width }, (_, x) => {
    let sum = 0;
    for (let y = from; y < to; y++) {
      const at = 3 * (y * width + x);
      sum += 0.299 * samples[at]! + 0.587 * samples[at + 1]! + 0.114 * samples[at + 2]!;
    }
    return sum / (to - from);
  });
}
