import type { Command } from "commander";

/** A command of `kindling`. Its file is loaded when the command runs or shows its help. */
export interface ListedCommand {
  readonly name: string;
  /** Its line in the help of `kindling`. */
  readonly summary: string;
  /** Loads the function that gives a command its arguments, options, help and action. */
  load(): Promise<DefineCommand>;
}

/**
 * Defines a command.
 *
 * @param exitWith sets the exit status; 0 where it is not called.
 */
type DefineCommand = (command: Command, exitWith: (status: number) => void) => void;

/** Every command, in the order of the help. */
export const commandList: readonly ListedCommand[] = [
  {
    name: "enhance",
    summary: "turn dark photos and videos into good ones",
    load: async () => (await import("./enhance.ts")).defineEnhance,
  },
  {
    name: "maps",
    summary: "write a photo's reflectance and illumination as pictures",
    load: async () => (await import("./maps.ts")).defineMaps,
  },
  {
    name: "methods",
    summary: "list methods and networks, or one with its settings",
    load: async () => (await import("./methods.ts")).defineMethods,
  },
  {
    name: "serve",
    summary: "serve the page and an API over HTTP",
    load: async () => (await import("./serve.ts")).defineServe,
  },
  {
    name: "metrics",
    summary: "measure a result against its reference",
    load: async () => (await import("./metrics.ts")).defineMetrics,
  },
  {
    name: "evaluate",
    summary: "measure methods against each other",
    load: async () => (await import("./evaluate.ts")).defineEvaluate,
  },
  {
    name: "bench",
    summary: "measure the speed of methods on this machine",
    load: async () => (await import("./bench.ts")).defineBench,
  },
  {
    name: "compare",
    summary: "write a page that shows photos side by side",
    load: async () => (await import("./compare.ts")).defineCompare,
  },
  {
    name: "fuse",
    summary: "fuse exposures of a scene into one photo",
    load: async () => (await import("./fuse.ts")).defineFuse,
  },
  {
    name: "merge",
    summary: "merge a burst of a scene into one photo with less noise",
    load: async () => (await import("./merge.ts")).defineMerge,
  },
  {
    name: "import",
    summary: "convert a checkpoint to an ONNX model",
    load: async () => (await import("./import.ts")).defineImport,
  },
  {
    name: "synth",
    summary: "make dark versions of good photos, to train with",
    load: async () => (await import("./synth.ts")).defineSynth,
  },
  {
    name: "train",
    summary: "train a network",
    load: async () => (await import("./train.ts")).defineTrain,
  },
  {
    name: "search",
    summary: "search a network's settings by grid",
    load: async () => (await import("./search.ts")).defineSearch,
  },
  {
    name: "ship",
    summary: "put a trained network into a folder of models",
    load: async () => (await import("./ship.ts")).defineShip,
  },
  {
    name: "fit-light",
    summary: "fit a network's automatic light to pairs",
    load: async () => (await import("./fit-light.ts")).defineFitLight,
  },
  {
    name: "submit",
    summary: "put photos into the queue of a fleet",
    load: async () => (await import("./submit.ts")).defineSubmit,
  },
  {
    name: "work",
    summary: "enhance the photos of a queue, on any number of machines",
    load: async () => (await import("./work.ts")).defineWork,
  },
  {
    name: "status",
    summary: "show how far a fleet is",
    load: async () => (await import("./status.ts")).defineStatus,
  },
  {
    name: "failed",
    summary: "list the photos that a fleet has set aside",
    load: async () => (await import("./failed.ts")).defineFailed,
  },
  {
    name: "retry",
    summary: "put photos that were set aside back into the queue",
    load: async () => (await import("./retry.ts")).defineRetry,
  },
  {
    name: "pause",
    summary: "let no worker begin another photo",
    load: async () => (await import("./pause.ts")).definePause,
  },
  {
    name: "resume",
    summary: "let workers go on",
    load: async () => (await import("./resume.ts")).defineResume,
  },
  {
    name: "cancel",
    summary: "take the photos that wait out of a queue",
    load: async () => (await import("./cancel.ts")).defineCancel,
  },
];
