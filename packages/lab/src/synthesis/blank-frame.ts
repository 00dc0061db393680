import { copyPicture, createPicture, createRandom, type Picture, type Random } from "@kindling/core";
import type { Rgb } from "./colour-matrix.ts";
import { drawByWeight } from "./draw-by-weight.ts";
import { drawEvenly, drawLogarithmically, drawWhole, type Range } from "./draw-from-range.ts";
import { type DrawnPair, drawnSize } from "./drawn-pair.ts";
import { recordAsItIs } from "./record-as-it-is.ts";
import { sceneOfPhoto } from "./scene-of-photo.ts";

/** A frame without noise, and how noisy its record is. */
interface BlankFrame {
  readonly scene: string;
  readonly picture: Picture;
  /** Shot noise, `ShotRanges.noise`; read noise follows. */
  readonly noise: Range;
}

const none: Range = [0, 0];
const faint: Range = [1e-4, 5e-4];
/** About 0.9 to 10 levels of 255 in black, 1 to 6 in grey. */
const mild: Range = [3e-4, 3e-3];

/** Draws frames of one kind. */
type DrawFrame = (random: Random) => BlankFrame;

/**
 * Draws a frame without a scene, as cameras record it: black, black with noise, noise alone, even grey or colour, white
 * paper and pages. A network learns from these not to lift what holds no signal and not to grey what is white.
 *
 * `low` is a shot of kind `unchanged`. `normal` is the frame without noise, as bright as the record: clipped noise about
 * black raises both alike.
 *
 * @param seed a whole number.
 * @param name of the frame: the same seed and name always give the same pair.
 * @returns a pair of 640 x 400 pixels.
 * @example
 * // runs
 * const { low, normal, shot } = drawBlankFrame(1, "blank-frames/1");
 */
export function drawBlankFrame(seed: number, name: string): DrawnPair {
  const random = createRandom(seed, `blank frame of ${name}`);
  const { scene, picture, noise } = drawByWeight<DrawFrame>(
    [
      [6, drawBlack],
      [1, drawNoise],
      [1.2, drawEven],
      [1.8, drawPaper],
    ],
    random,
  )(random);
  const jpegQuality: Range = random() < 0.25 ? none : [70, 97];
  const pair = recordAsItIs(sceneOfPhoto(picture, 0), { noise, jpegQuality }, seed, name);
  return { scene, ...pair, normal: scene === "page" ? pair.normal : asBrightAs(pair.low, pair.normal) };
}

/** Level 0 to 8, often exactly 0, slightly coloured, with a faint shading at times. */
function drawBlack(random: Random): BlankFrame {
  const level = random() < 0.3 ? 0 : drawEvenly([0, 8], random);
  const colour = random() < 0.5 ? grey(level) : tint(level, 0.5, random);
  const noise = random() < 0.3 ? none : mild;
  return { scene: "black", picture: shade(colour, random() < 0.2 ? drawEvenly([0.5, 3], random) : 0, random), noise };
}

/** Much noise about a low level. */
function drawNoise(random: Random): BlankFrame {
  return {
    scene: "noise",
    picture: shade(tint(drawEvenly([0, 20], random), 0.3, random), 0, random),
    noise: [2e-3, 2e-2],
  };
}

/** An even surface from dark grey to light, grey or coloured. */
function drawEven(random: Random): BlankFrame {
  const colour = tint(drawEvenly([50, 235], random), random() < 0.5 ? 0.02 : 0.4, random);
  const noise = random() < 0.2 ? none : mild;
  return { scene: "even", picture: shade(colour, drawEvenly([0, 12], random), random), noise };
}

/** White or nearly white paper, faintly shaded; some with lines of print. */
function drawPaper(random: Random): BlankFrame {
  const colour = random() < 0.25 ? grey(255) : tint(drawEvenly([240, 255], random), 0.03, random);
  const paper = shade(colour, random() < 0.3 ? 0 : drawEvenly([1, 10], random), random);
  const noise = random() < 0.4 ? none : faint;
  const isPage = random() < 0.4;
  return { scene: isPage ? "page" : "paper", picture: isPage ? print(paper, random) : paper, noise };
}

function grey(level: number): Rgb {
  return [level, level, level];
}

/** A colour about a level: each channel differs by up to `strength` of it. */
function tint(level: number, strength: number, random: Random): Rgb {
  const channel = () => Math.min(level * (1 + drawEvenly([-strength, strength], random)), 255);
  return [channel(), channel(), channel()];
}

/** An even frame that darkens along a random direction by up to `depth` levels. */
function shade(colour: Rgb, depth: number, random: Random): Picture {
  const { width, height } = drawnSize;
  const picture = createPicture(width, height, 3);
  const angle = drawEvenly([0, 2 * Math.PI], random);
  const [dx, dy] = [Math.cos(angle) / width, Math.sin(angle) / height];
  const bend = drawLogarithmically([0.5, 3], random);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const along = Math.min(Math.max(0.5 + 0.7 * ((x - width / 2) * dx + (y - height / 2) * dy), 0), 1);
      const darker = depth * along ** bend;
      for (const channel of colour) picture.samples[i++] = Math.max(channel - darker, 0) / 255;
    }
  }
  return picture;
}

/** Lines of dark bars of the widths of words. */
function print(paper: Picture, random: Random): Picture {
  const page = copyPicture(paper);
  const { width, height, samples } = page;
  const [lineHeight, ink] = [drawWhole([10, 30], random), drawEvenly([0, 0.35], random)];
  const [letter, margin] = [Math.ceil(lineHeight * 0.45), drawWhole([10, 90], random)];
  for (let top = margin; top + lineHeight < height - margin; top += lineHeight) {
    const end = width - margin - (random() < 0.2 ? drawWhole([0, width / 2], random) : 0);
    for (let left = margin; left < end; ) {
      const letters = drawWhole([1, 9], random);
      for (let k = 0; k < letters && left < end; k++, left += Math.ceil(letter * 0.6)) {
        const from = top + (random() < 0.3 ? 0 : Math.ceil(letter * 0.4));
        for (let y = from; y < top + letter; y++) {
          for (let x = left; x < Math.min(left + Math.ceil(letter * 0.4), end); x++) {
            const at = (y * width + x) * 3;
            for (let c = at; c < at + 3; c++) samples[c] *= ink;
          }
        }
      }
      left += letter;
    }
  }
  return page;
}

/** Adds to each channel what the record is brighter on average: clipping at black and white moves the mean. */
function asBrightAs(record: Picture, frame: Picture): Picture {
  const even = copyPicture(frame);
  const pixels = frame.width * frame.height;
  for (let channel = 0; channel < 3; channel++) {
    let difference = 0;
    for (let i = channel; i < frame.samples.length; i += 3) difference += record.samples[i] - frame.samples[i];
    for (let i = channel; i < frame.samples.length; i += 3) {
      even.samples[i] = Math.min(Math.max(frame.samples[i] + difference / pixels, 0), 1);
    }
  }
  return even;
}
