import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { defineConfig, type Plugin } from "vite";

const own = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const sampleNames = ["street-after-rain", "desk-by-the-window", "lantern-lane"];

export default defineConfig({
  // Any folder of any host will do.
  base: "./",
  root: own("."),
  worker: { format: "es" },
  build: { target: "es2022", modulePreload: { polyfill: false }, chunkSizeWarningLimit: 600 },
  server: { headers: isolation() },
  preview: { headers: isolation() },
  plugins: [drawn()],
});

/** What a host sends so that networks may use several threads. */
function isolation(): Record<string, string> {
  return { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
}

/** Pictures that are made from others: icons, and samples with their small selves. */
function drawn(): Plugin {
  return {
    name: "kindling-drawn",
    async buildStart() {
      const samples = own("public/samples");
      await mkdir(samples, { recursive: true });
      for (const name of sampleNames) {
        const photo = own(`../../examples/photos/${name}.jpg`);
        await copyFile(photo, join(samples, `${name}.jpg`));
        await sharp(photo)
          .autoOrient()
          .resize(480, 320, { fit: "cover" })
          .webp({ quality: 78 })
          .toFile(join(samples, `small-${name}.webp`));
      }
      for (const side of [180, 192, 512]) {
        await sharp(own("public/icon.svg"), { density: 600 }).resize(side).png().toFile(own(`public/icon-${side}.png`));
      }
    },
  };
}
