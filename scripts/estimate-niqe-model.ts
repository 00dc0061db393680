// Learns a NIQE model from a folder of good photographs.   npm run niqe-model -- <folder> <model.safetensors>
import { writeFileSync } from "node:fs";
import { estimateNiqeModel } from "@kindling/lab";
import { writeNiqeModel } from "@kindling/lab/internal";
import { type Picture, readPhoto } from "@kindling/node";
import { listPhotos } from "@kindling/node/lab";

const [folder, out] = process.argv.slice(2);
if (folder === undefined || out === undefined) throw new Error("Give a folder of photographs and the file to write.");
const pictures: Picture[] = [];
for (const path of await listPhotos(folder)) pictures.push((await readPhoto(path)).picture);
writeFileSync(out, writeNiqeModel(estimateNiqeModel(pictures)));
console.log(`${out}: learnt from ${pictures.length} photographs.`);
