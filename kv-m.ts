import { mergeBurst, type Picture } from "@kindling/core";
import { drawTexture, textureOf, withNoise, withSquare } from "./test/support/noisy-clip.ts";

const [width, height] = [128, 96];
const clean = drawTexture(textureOf(5), width, height);
const first = withSquare(clean, 40, 30);
const darker = (frame: Picture) => ({ ...frame, samples: frame.samples.map((sample) => 0.92 * sample) });
const n = (p: Picture, i: number) => withNoise(p, 0.02, i);
const show = async (name: string, b: Picture[]) => {
  const { frames } = await mergeBurst(b);
  console.log(
    name,
    frames
      .map(
        (f) =>
          `${f.share.toFixed(2)} (${f.placement.x.toFixed(2)} ${f.placement.y.toFixed(2)} ${(f.placement.angle * 57).toFixed(2)})`,
      )
      .join("  "),
  );
};

await show("sq, clean", [n(first, 0), n(withSquare(clean, 62, 36), 1), n(clean, 3)]);
await show("clean, clean", [n(first, 0), n(clean, 1), n(clean, 3)]);
await show("first, clean", [n(first, 0), n(first, 1), n(clean, 3)]);
await show("darker sq, clean", [n(first, 0), n(darker(withSquare(clean, 84, 42)), 2), n(clean, 3)]);
await show("darker, clean", [n(first, 0), n(darker(first), 2), n(clean, 3)]);
await show("seed 3 clean", [n(first, 0), n(clean, 7)]);
await show("sq sq clean", [n(first, 0), n(withSquare(clean, 62, 36), 1), n(withSquare(clean, 84, 42), 2), n(clean, 3)]);

await show("all", [n(first, 0), n(withSquare(clean, 62, 36), 1), n(darker(withSquare(clean, 84, 42)), 2), n(clean, 3)]);
await show("noise-free clean alone", [first, clean]);
