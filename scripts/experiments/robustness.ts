import { meanLuminance, psnr } from "@kindling/core";
import { type CameraSettings, exposeDark, lightOfKelvin, perfectCamera, readNoiseOf } from "@kindling/lab";
import { openEnhancer, readPhoto } from "@kindling/node";
import { listPhotos } from "@kindling/node/lab";
import { comparedMethods, comparedNetworks } from "../compared-methods.ts";
import { type Experiment, type ExperimentOptions, type ExperimentResult, meanOf, spread } from "./experiment.ts";
import { bestOfColumns } from "./findings.ts";
import { photoOf, reduceTo } from "./small-photo.ts";

/** Longest side of the photos in pixels: hundreds of results are made. */
const sidePx = 192;

/** Light of the dark photos against the good ones, in stops. */
const exposureEv = -3;

/** Variance of the shot noise at full light for each unit of film speed: 50,000 electrons fill a photosite at ISO 100. */
const noisePerIso = 1 / 50_000 / 100;

/** The film speed of dark photos in light of another colour. */
const plainIso = 800;

/** Methods that the plot shows beside the networks. */
const plotted = ["lime", "gamma"];

/** PSNR of every method over film speed, in daylight. */
export const filmSpeed: Experiment = {
  name: "film-speed",
  title: "Robustness over film speed",
  run: (options) =>
    measure(options, "ISO", [100, 400, 1600, 6400, 25_600], Math.log2, (iso) => cameraOf(iso), [
      `good photos darkened by ${-exposureEv} stops with a sensor's noise, in daylight`,
      "film speed (logarithm to base 2)",
    ]),
};

/** PSNR of every method over the colour of the light, of which the camera corrects nothing. */
export const colourCast: Experiment = {
  name: "colour-cast",
  title: "Robustness over colour cast",
  run: (options) =>
    measure(options, "K", [2000, 2700, 3500, 4500, 6500, 10_000], Number, (kelvin) => cameraOf(plainIso, kelvin), [
      `good photos darkened by ${-exposureEv} stops at ISO ${plainIso}, in light of a colour temperature that the camera's white balance, set to daylight, leaves in the photo`,
      "kelvin",
    ]),
};

function cameraOf(iso: number, kelvin = 6504): CameraSettings {
  const a = iso * noisePerIso;
  const noise = { a, b: readNoiseOf(a), readShape: 0.1, rowShare: 0.07 };
  return { ...perfectCamera, exposureEv, noise, lightGains: lightOfKelvin(kelvin), recordedBits: 8 };
}

async function measure(
  { photos = "../shared/data/clean/bsds", count }: ExperimentOptions,
  unit: string,
  values: readonly number[],
  place: (value: number) => number,
  camera: (value: number) => CameraSettings,
  [what, across]: readonly [string, string],
): Promise<ExperimentResult> {
  const paths = spread(await listPhotos(photos), count);
  const good = await Promise.all(paths.map(async (path) => reduceTo((await readPhoto(path)).picture, sidePx)));
  const shots = values.map((value) => good.map((picture, i) => exposeDark(picture, camera(value), i)));
  const rows: (readonly [string, readonly number[]])[] = [];
  for (const method of comparedMethods) {
    const enhancer = await openEnhancer({ method, device: "cpu", threads: 1 });
    const means: number[] = [];
    for (const dark of shots) {
      const scores: number[] = [];
      for (const [i, picture] of dark.entries()) {
        const reference = good[i]!;
        const scene = await enhancer.analyse(photoOf(picture));
        const light = Math.min(Math.max(meanLuminance(reference) / meanLuminance(picture), 0.1), 128);
        scores.push(psnr((await scene.relight({ light })).picture, reference));
      }
      means.push(meanOf(scores));
    }
    await enhancer.close();
    rows.push([method, means]);
    console.log(`  ${method.padEnd(22)} ${means.map((mean) => mean.toFixed(2)).join("  ")}`);
  }
  const table = {
    head: ["method", ...values.map((value) => `${value} ${unit}`)],
    rows: rows.map(([method, means]) => [method, ...means.map((mean) => mean.toFixed(2))]),
  };
  return {
    ...table,
    finding: bestOfColumns(table),
    about: `${good.length} ${what}; ${sidePx} px. Every method is asked for the mean luminance of the good photo, so that a wrong exposure does not count. PSNR in dB.`,
    lines: rows
      .filter(([method]) => comparedNetworks.includes(method) || plotted.includes(method))
      .map(([name, means]) => ({ name, points: means.map((y, i) => ({ x: place(values[i]!), y })) })),
    across,
    up: "PSNR (dB)",
  };
}
