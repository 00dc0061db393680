import { join } from "node:path";
import type { PlannedPair } from "./dark-pair.ts";

/** Plans pairs of plain scenes: `low/blank-frames/1.png` and so on. */
export function planDrawnPairs(
  out: string,
  format: "png" | "webp",
  { blankFrames, lampScenes }: { readonly blankFrames: number; readonly lampScenes: number },
): PlannedPair[] {
  const subjects = [
    ["blank-frame", blankFrames],
    ["lamp-scene", lampScenes],
  ] as const;
  return subjects.flatMap(([subject, count]) =>
    Array.from({ length: count }, (_, i): PlannedPair => {
      const drawnFor = join(`${subject}s`, String(i + 1));
      const [low, normal] = [`${join(out, "low", drawnFor)}.${format}`, `${join(out, "normal", drawnFor)}.${format}`];
      return { input: `${subject} ${i + 1}`, output: low, companions: [normal], drawnFor, subject, isDrawn: true };
    }),
  );
}
