import { type Enhancement, formatLight } from "@kindling/node";
import { printableText } from "@kindling/node/internal";
import type { DarkPair, FusedScene } from "@kindling/node/lab";

/** The texts that report one kind of work. */
export interface BatchWords<Result> {
  /** Past participle of the work: `enhanced`. */
  readonly done: string;
  /** Formats the line of a finished photo. */
  line(input: string, output: string, result: Result): string;
}

/** The texts of `kindling enhance`. */
export const enhanceWords: BatchWords<Enhancement> = {
  done: "enhanced",
  line: (input, output, { luminance: { before, after }, light, megapixels, seconds, notes, frames }) => {
    const percent = (share: number) => `${Number((share * 100).toPrecision(2))}%`;
    const size = frames ? `${frames} frames, ${(frames / seconds).toFixed(1)} frames/s` : `${megapixels.toFixed(1)} MP`;
    const facts = [size, `${seconds.toFixed(1)} s`];
    const lines = notes.map((note) => `\n  note: ${printableText(note)}`).join("");
    // A black frame has no light that a result's could be set against.
    const lit = before > 0 ? `light ${formatLight(light)}, ` : "";
    return `${arrow(input, output)}  ${lit}luminance ${percent(before)} -> ${percent(after)}  (${facts.join(", ")})${lines}`;
  },
};

/** The texts of `kindling synth`. */
export const synthWords: BatchWords<DarkPair> = {
  done: "darkened",
  line: (input, output, { scene, kind, exposureEv, noise, kelvin, seconds }) => {
    const facts = [scene ?? kind, `${exposureEv.toFixed(1)} EV`, `noise ${noise.toPrecision(2)}`, `${kelvin} K`];
    return `${arrow(input, output)}  ${facts.join(", ")}  (${seconds.toFixed(1)} s)`;
  },
};

/** The texts of `kindling fuse --scenes`. */
export const sceneWords: BatchWords<FusedScene> = {
  done: "fused",
  line: (input, output, { frames, meanLuma, seconds }) =>
    `${arrow(input, output)}  ${frames} frames, brightness ${Math.round(100 * meanLuma)}%  (${seconds.toFixed(1)} s)`,
};

/** A photo and its result, as a line begins. */
export function arrow(input: string, output: string): string {
  return `${printableText(input)} -> ${printableText(output)}`;
}
