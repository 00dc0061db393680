// One photo at five light levels: analysed once, lit five times.   npx tsx examples/02-light-levels.ts [photo] [folder]
import { basename, extname, join } from "node:path";
import { openEnhancer, readPhoto, writePhoto } from "kindling";

const [input = "examples/photos/desk-by-the-window.jpg", folder = "enhanced/levels"] = process.argv.slice(2);

const enhancer = await openEnhancer();
const scene = await enhancer.analyse(await readPhoto(input));
for (const light of [0.5, 1, 2, 4, 16]) {
  const output = join(folder, `${basename(input, extname(input))}-${light}${extname(input)}`);
  await writePhoto(await scene.relight({ light }), output);
  console.log(output);
}
await enhancer.close();
