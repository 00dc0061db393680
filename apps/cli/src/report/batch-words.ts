import type { Enhancement } from "@kindling/node";
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
  line: (input, output, { illumination: { before, after }, light, megapixels, seconds, notes }) => {
    const percent = (share: number) => `${Math.round(share * 100)}%`;
    const facts = [`light ${light.toFixed(1)}`, `${megapixels.toFixed(1)} MP`, `${seconds.toFixed(1)} s`];
    const lines = notes.map((note) => `\n  note: ${note}`).join("");
    return `${input} -> ${output}  brightness ${percent(before)} -> ${percent(after)}  (${facts.join(", ")})${lines}`;
  },
};

/** The texts of `kindling synth`. */
export const synthWords: BatchWords<DarkPair> = {
  done: "darkened",
  line: (input, output, { exposureEv, iso, kelvin, scene, seconds }) => {
    const drawn = scene ?? `${exposureEv.toFixed(1)} EV, ISO ${iso}, ${kelvin} K`;
    return `${input} -> ${output}  ${drawn}  (${seconds.toFixed(1)} s)`;
  },
};

/** The texts of `kindling fuse --scenes`. */
export const sceneWords: BatchWords<FusedScene> = {
  done: "fused",
  line: (input, output, { frames, meanLuma, seconds }) =>
    `${input} -> ${output}  ${frames} frames, brightness ${Math.round(100 * meanLuma)}%  (${seconds.toFixed(1)} s)`,
};
