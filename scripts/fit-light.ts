// Learns automatic light from pairs and puts it into a model's manifest.   npm run fit-light -- --help
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { fitAutomaticLight } from "@kindling/lab";
import { bestLight, type LightCurve, qualityAt, rootMeanSquare } from "@kindling/lab/internal";
import { openEnhancer, openModelStore, psnr, readPhoto, type Scene } from "@kindling/node";
import { type AutomaticLight, type LightFeatures, predictLight } from "@kindling/node/internal";
import { findPairs, type PhotoPair } from "@kindling/node/lab";
import { writeManifest } from "@kindling/node/lab/internal";

const usage = `npm run fit-light -- <network.tag> --pairs <data…> [--split train] [--validate val] [--most 100]

For every pair the level is searched that gives the blind result its best PSNR; a model of photo and illumination then
learns these levels. Printed are figures for pairs left out one at a time, and for the split of --validate beside
the reference's own light, which gives reflectance times light without blending.

  --pairs <data>    repeatable
  --bright          the bright photos are learnt from as well: a level of 1 suits them. For networks that leave a photo
                    as light as it was at 1, such as Ember
  --most <n>        pairs of each data set at most, evenly spread; default all
  --models <folder> default: models
  --threads <n>     default: 1
  --dry-run         prints, and leaves the manifest as it is

Run \`npm run ship-network\` again afterwards: the card tells of the light.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: "string", multiple: true, default: [] },
    split: { type: "string", default: "train" },
    validate: { type: "string" },
    bright: { type: "boolean", default: false },
    most: { type: "string", default: "100000" },
    models: { type: "string", default: fileURLToPath(new URL("../models", import.meta.url)) },
    threads: { type: "string", default: "1" },
    "dry-run": { type: "boolean", default: false },
    help: { type: "boolean" },
  },
});
const [method = ""] = positionals;
const dot = method.indexOf(".");
if (values.help || dot < 0 || values.pairs.length === 0) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

/** Levels that are searched: KinD's range, without those that make night of day. */
const [least, greatest] = [0.3, 5];

/** A pair looked at: features of the dark photo, and how its blind result goes with the level. */
interface Known {
  readonly features: LightFeatures;
  readonly curve: LightCurve;
  /** PSNR at the reference's own light. */
  readonly likeReference: number;
  /** Features of the bright photo, where it is learnt from. */
  readonly bright?: LightFeatures;
}

const enhancer = await openEnhancer({ method, models: values.models, threads: Number(values.threads) });
const training = await lookAt(values.split);
const dark = training.map(({ features, curve }) => ({ features, light: Math.exp(curve.best.logLight) }));
const bright = training.flatMap(({ bright: features }) => (features ? [{ features, light: 1 }] : []));
const { model, penalty, leftOut } = fitAutomaticLight([...dark, ...bright]);
const errors = training.map(({ curve }, n) => Math.log(leftOut[n] ?? 1) - curve.best.logLight);
console.log(
  `${training.length} pairs, penalty ${penalty}; left out one at a time, the level errs by a factor of ${Math.exp(rootMeanSquare(errors)).toFixed(3)} (root mean square of its logarithm)`,
);
tell(`${values.split}, left out`, training, leftOut);
if (values.validate !== undefined) {
  const known = await lookAt(values.validate);
  tell(
    values.validate,
    known,
    known.map(({ features }) => predictLight(model, features)),
  );
}
await enhancer.close();
if (!values["dry-run"]) await writeLight(model);

async function lookAt(split: string): Promise<Known[]> {
  const found = await Promise.all(values.pairs.map(async (source) => spread((await findPairs(source, split)).pairs)));
  const known: Known[] = [];
  for (const pair of found.flat()) {
    known.push(await lookAtPair(pair));
    if (known.length % 10 === 0) console.error(`${split}: ${known.length} of ${found.flat().length} pairs`);
  }
  return known;
}

async function lookAtPair({ low, normal }: PhotoPair): Promise<Known> {
  const [dark, bright] = await Promise.all([readPhoto(low), readPhoto(normal)]);
  const scene = await enhancer.analyse(dark);
  const blind = async (light: number) => psnr((await scene.relight({ light })).picture, bright.picture);
  return {
    features: featuresOf(scene),
    ...(values.bright && { bright: featuresOf(await enhancer.analyse(bright)) }),
    curve: await bestLight(blind, { least, most: greatest }),
    likeReference: psnr((await scene.relightLike(bright)).picture, bright.picture),
  };
}

function featuresOf({ lightFeatures }: Scene): LightFeatures {
  if (lightFeatures) return lightFeatures;
  throw new Error(`${method} takes no level of its own: there is nothing to fit.`);
}

/** Mean PSNR at several levels of the same pairs. */
function tell(name: string, known: readonly Known[], lights: readonly number[]): void {
  const mean = (of: (pair: Known, n: number) => number) =>
    (known.reduce((sum, pair, n) => sum + of(pair, n), 0) / known.length).toFixed(2);
  console.log(
    `${name}: PSNR at the best level ${mean(({ curve }) => curve.best.quality)} dB, automatic ${mean(({ curve }, n) => qualityAt(curve, lights[n] ?? 1))}, at ${greatest} ${mean(({ curve }) => qualityAt(curve, greatest))}, at the reference's light ${mean(({ likeReference }) => likeReference)}`,
  );
}

function spread(pairs: readonly PhotoPair[]): PhotoPair[] {
  const count = Math.min(Number(values.most), pairs.length);
  return Array.from({ length: count }, (_, i) => pairs[Math.floor((i * pairs.length) / count)]).flatMap(
    (pair) => pair ?? [],
  );
}

async function writeLight(light: AutomaticLight): Promise<void> {
  const store = openModelStore(values.models);
  const manifest = await store.manifest(method.slice(0, dot), method.slice(dot + 1));
  await writeManifest(values.models, { ...manifest, light });
  console.log(`-> ${join(values.models, manifest.network, `${manifest.tag}.json`)}`);
}
