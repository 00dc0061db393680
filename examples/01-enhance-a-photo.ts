// A dark photo in, a good photo out.   npx tsx examples/01-enhance-a-photo.ts [photo] [result]
import { formatLight, openEnhancer, readPhoto, writePhoto } from "kindling";

const [input = "examples/photos/street-after-rain.jpg", output = "enhanced/street-after-rain.jpg"] =
  process.argv.slice(2);

const enhancer = await openEnhancer();
const photo = await readPhoto(input);
const scene = await enhancer.analyse(photo, {
  onProgress: (done) => process.stdout.write(`\r${Math.round(done * 100)}%`),
});
const result = await scene.relight({ light: "auto" });
await writePhoto(result, output);

console.log(`\r${output}: light ${formatLight(scene.autoLight)}`);
await enhancer.close();
