import { Presets, SingleBar } from "cli-progress";

/** Tells a person at a terminal how far an evaluation is; silent anywhere else. */
export interface Progress {
  step(doing: string): void;
  stop(): void;
}

/** A bar of so many steps on the standard error. */
export function openProgress(steps: number): Progress {
  if (!process.stderr.isTTY) return { step: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    { format: "{bar} {value}/{total}  {doing}", stream: process.stderr, clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(steps, 0, { doing: "" });
  return { step: (doing) => bar.increment(1, { doing }), stop: () => bar.stop() };
}
