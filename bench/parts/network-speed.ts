import type { SpeedReport } from "@kindling/node/lab";
import { max } from "d3-array";
import { runNode } from "../metered-command.ts";
import { type Bench, commandOf, leastInTurns } from "../report/bench.ts";
import type { Pair } from "../report/table.ts";
import type { MeasuredMethod, SizeLimits } from "./methods-to-measure.ts";
import { megapixelsOf, nameOf, twelveMegapixels, vga } from "./photos-to-measure.ts";

/** A network's arithmetic; its figures are missing where its files do not tell it. */
export interface NetworkSpeed {
  /** Multiply-accumulates of a pixel, at 640x480. */
  readonly macsOfPixel: Pair;
  /** Multiply-accumulates a second of the analysis, by the name of the photo's size. */
  readonly analysisRates: ReadonlyMap<string, Pair>;
}

/**
 * Asks `kindling bench` for the arithmetic of networks at 640x480, of the default network at 12 megapixels, too.
 *
 * @returns beside it the multiply-accumulates a second of a large matrix product, the best of all that were measured.
 */
export async function measureNetworks(bench: Bench, methods: readonly MeasuredMethod[], { largestMP }: SizeLimits) {
  const speeds = new Map<MeasuredMethod, NetworkSpeed>();
  const ceilings: Pair[] = [];
  for (const method of methods) {
    if (!method.isNetwork) continue;
    const isLargeWanted = method.isDefault && !bench.isQuick && megapixelsOf(twelveMegapixels) <= largestMP;
    const names = (isLargeWanted ? [vga, twelveMegapixels] : [vga]).map(nameOf);
    const figure = await askBench(bench, method.name, names);
    const analysisRates = new Map(names.map((name) => [name, figure(name)]));
    speeds.set(method, { macsOfPixel: figure("macsOfPixel"), analysisRates });
    ceilings.push(figure("ceiling"));
  }
  const most = (at: keyof Pair) => max(ceilings, (pair) => pair[at]);
  return { speeds, ceiling: { now: most("now"), before: most("before") } };
}

function askBench(bench: Bench, method: string, sizes: readonly string[]) {
  const words = ["bench", method, ...sizes.flatMap((size) => ["--size", size]), "--json"];
  return leastInTurns(bench, { doing: `kindling bench ${method}`, runs: 1 }, (checkout) => {
    const { rows, ceilingMacsPerSecond } = JSON.parse(runNode(commandOf(checkout), ...words)) as SpeedReport;
    const counted = rows.map(({ macs = Number.NaN, analysisMs, ...size }) => ({
      ...{ name: nameOf(size), rate: (1000 * macs) / analysisMs },
      macsOfPixel: macs / (1e6 * megapixelsOf(size)),
    }));
    const rates = Object.fromEntries(counted.map(({ name, rate }) => [name, rate]));
    const figures: Readonly<Record<string, number>> = {
      ...rates,
      ceiling: ceilingMacsPerSecond,
      macsOfPixel: counted[0]?.macsOfPixel ?? Number.NaN,
    };
    return figures;
  });
}
