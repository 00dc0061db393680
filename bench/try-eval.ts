import { readFileSync } from "node:fs";
import { join } from "node:path";
import { areaReduce, createPlane, finish, type Picture } from "@kindling/core";
import { createRuntime, findPairs, psnr, ssim, gtMean, readPhoto, tensorOfPicture, pictureOfTensor } from "@kindling/node";
const run = process.argv[2]!;
const every = Number(process.argv[3] ?? 1);
const rt = createRuntime();
const open = async (n: string) => rt.open(readFileSync(join(run, n)), { device: "cpu", threads: 1 });
const [ov, an, re] = [await open("ember-overview.onnx"), await open("ember-analysis.onnx"), await open("ember-relight.onnx")];
const overview = (p: Picture) => {
  const out = new Float32Array(3 * 4096);
  for (let c = 0; c < 3; c++) {
    const pl = createPlane(p.width, p.height);
    for (let i = 0; i < pl.values.length; i++) pl.values[i] = p.samples[i * p.channels + c]!;
    out.set(finish(areaReduce(pl, 64, 64)).values, c * 4096);
  }
  return { shape: [1, 3, 64, 64], values: out };
};
const bright = (o: { values: Float32Array }) => { let s = 0; for (let i = 0; i < 4096; i++) s += Math.sqrt(Math.max(o.values[i]!, o.values[4096 + i]!, o.values[8192 + i]!)); return s / 4096; };
for (const set of ["night-pairs", "brackets"]) {
  const { pairs } = await findPairs(`/work/shared/data/${set}`, "val");
  const rows: number[][] = [];
  for (const [i, { name, low, normal }] of pairs.entries()) {
    if (i % every) continue;
    const [a, b] = [(await readPhoto(low)).picture, (await readPhoto(normal)).picture];
    const oa = overview(a);
    const { features, light } = await ov.run({ overview: oa });
    const gt = bright(overview(b)) / bright(oa);
    const { reflectance, illumination, response } = await an.run({ image: tensorOfPicture(a), features: features! });
    const n = a.width * a.height;
    const at = async (alpha: number) => pictureOfTensor((await re.run({ reflectance: reflectance!, illumination: illumination!, response: response!, ratio: { shape: [1, 1, a.height, a.width], values: new Float32Array(n).fill(alpha) } })).enhanced!, a);
    const auto = await at(light!.values[0]!), known = await at(gt);
    const mean = (v: Float32Array) => v.reduce((x, y) => x + y, 0) / v.length;
    rows.push([light!.values[0]!, gt, psnr(auto, b), ssim(auto, b), psnr(gtMean(auto, b), b), psnr(known, b), ssim(known, b), mean(illumination!.values), mean(response!.values), mean(reflectance!.values)]);
    if (process.argv[4]) console.log(name, rows.at(-1)!.map((v) => v.toFixed(2)).join(" "));
  }
  const m = rows[0]!.map((_, k) => rows.reduce((s, r) => s + r[k]!, 0) / rows.length);
  const le = rows.reduce((s, r) => s + Math.abs(Math.log(r[0]! / r[1]!)), 0) / rows.length;
  console.log(set, "auto psnr/ssim/gt", m[2]!.toFixed(2), m[3]!.toFixed(3), m[4]!.toFixed(2), "known light", m[5]!.toFixed(2), m[6]!.toFixed(3), "light err", le.toFixed(3), "L P R", m.slice(7).map((v) => v.toFixed(2)).join(" "));
}
