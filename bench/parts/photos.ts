import { rmSync } from "node:fs";
import { join } from "node:path";
import { measureNode } from "../metered-command.ts";
import { type Bench, commandOf, leastInTurns } from "../report/bench.ts";
import { fitLine, type Point } from "../report/fit-line.ts";
import { combine, nothing, type Pair, type Row, type Table } from "../report/table.ts";
import { type MeasuredMethod, type SizeLimits, sizesOf } from "./methods-to-measure.ts";
import { measureNetworks, type NetworkSpeed } from "./network-speed.ts";
import { megapixelsOf, nameOf, type Size, twelveMegapixels, writePhoto } from "./photos-to-measure.ts";

/** A photo that a method has enhanced. */
interface Measured {
  readonly method: MeasuredMethod;
  readonly size: Size;
  readonly seconds: Pair;
  readonly processorSeconds: Pair;
  readonly peakMB: Pair;
}

/** Measures `kindling enhance` of one JPEG as a whole process, by method and size, and lays lines through the sizes. */
export async function measurePhotos(
  bench: Bench,
  methods: readonly MeasuredMethod[],
  limits: SizeLimits,
): Promise<Table[]> {
  const jobs = methods.flatMap((method) => sizesOf(method, limits).map((size) => ({ method, size })));
  const measured: Measured[] = [];
  for (const [i, job] of jobs.entries()) measured.push(await measurePhoto(bench, job, `${i + 1}/${jobs.length}`));
  const { speeds, ceiling } = await measureNetworks(bench, methods, limits);
  const gigaflops = combine((macs) => (2 * macs) / 1e9, ceiling);
  const photos: Table = {
    title: "One photo, the whole command",
    about:
      "`kindling enhance` of one JPEG, from the start of the process to its end; of several runs the least. Of the ceiling, which is " +
      "the fastest matrix product of the same runtime: the network's arithmetic over the whole command's time, and over that of the " +
      "analysis alone, as `kindling bench` measures it, with the arithmetic that a pixel takes at 640x480. " +
      `The ceiling here: ${gigaflops.now === undefined ? "not measured" : `${gigaflops.now.toFixed(0)} GFLOP/s`}.`,
    words: ["method", "photo"],
    figures: [
      { head: "s" },
      { head: "processor s" },
      { head: "MP/s" },
      { head: "peak MB" },
      { head: "of ceiling, command %", digits: 0 },
      { head: "analysis %", digits: 0 },
    ],
    rows: measured.map((row) => rowOf(row, speeds.get(row.method), ceiling)),
  };
  const lines = methods.flatMap((method) => fitSizes(measured.filter((row) => row.method === method)));
  return lines.length === 0 ? [photos] : [photos, tableOfLines(lines)];
}

async function measurePhoto(
  bench: Bench,
  { method, size }: { readonly method: MeasuredMethod; readonly size: Size },
  place: string,
): Promise<Measured> {
  const photo = join(bench.folder, `${nameOf(size)}.jpg`);
  const result = join(bench.folder, "lit");
  await writePhoto(photo, size);
  const figure = await leastInTurns(bench, { doing: `${place}: ${method.name} ${nameOf(size)}` }, (checkout) => {
    rmSync(result, { recursive: true, force: true });
    const words = ["enhance", photo, "-o", result, "-m", method.name];
    return { ...measureNode(commandOf(checkout), ...words) };
  });
  const per = (divisor: number) => (value: number) => value / divisor;
  return {
    method,
    size,
    seconds: combine(per(1e3), figure("wallMs")),
    processorSeconds: combine(per(1e3), figure("processorMs")),
    peakMB: combine(per(1e6), figure("peakBytes")),
  };
}

function rowOf(
  { method, size, seconds, processorSeconds, peakMB }: Measured,
  speed: NetworkSpeed | undefined,
  ceiling: Pair,
): Row {
  const megapixels = megapixelsOf(size);
  const ofCeiling = (macsOfPixel: number, s: number, most: number) => (1e8 * megapixels * macsOfPixel) / s / most;
  return {
    words: [method.name, nameOf(size)],
    figures: [
      seconds,
      processorSeconds,
      combine((s) => megapixels / s, seconds),
      peakMB,
      combine(ofCeiling, speed?.macsOfPixel ?? nothing, seconds, ceiling),
      combine((rate, most) => (100 * rate) / most, speed?.analysisRates.get(nameOf(size)) ?? nothing, ceiling),
    ],
  };
}

/** The lines through a method's sizes, where there are three at least. */
function fitSizes(measured: readonly Measured[]): Row[] {
  const [first] = measured;
  if (measured.length < 3 || !first) return [];
  const large = measured.filter(({ size }) => megapixelsOf(size) >= megapixelsOf(twelveMegapixels));
  const line = (rows: readonly Measured[], of: keyof Omit<Measured, "method" | "size">) =>
    atEach((at) => {
      const points = rows.flatMap((row): Point[] => {
        const y = row[of][at];
        return y === undefined ? [] : [{ x: megapixelsOf(row.size), y }];
      });
      return points.length === rows.length ? fitLine(points) : undefined;
    });
  const [seconds, processor] = [line(measured, "seconds"), line(measured, "processorSeconds")];
  const memory = line(large, "peakMB");
  const figuresOf = ({ now, before }: typeof seconds) => [
    { now: now?.offset, before: before?.offset },
    { now: now?.slope, before: before?.slope },
    { now: now?.determination, before: before?.determination },
  ];
  const flatness = { now: memory.now?.slope, before: memory.before?.slope };
  return [{ words: [first.method.name], figures: [...figuresOf(seconds), ...figuresOf(processor), flatness] }];
}

function atEach<T>(compute: (at: keyof Pair) => T): { readonly now: T; readonly before: T } {
  return { now: compute("now"), before: compute("before") };
}

function tableOfLines(rows: readonly Row[]): Table {
  return {
    title: "Cost by size",
    about:
      "Lines of least squares through the sizes of the table above: what a command takes before its first pixel, and for each " +
      "megapixel. R² is the share of the variance that the line explains. Of memory, what it grows by from 12 megapixels on.",
    words: ["method"],
    figures: [
      { head: "s at 0 MP" },
      { head: "s/MP" },
      { head: "R²", digits: 4 },
      { head: "processor s at 0 MP" },
      { head: "processor s/MP" },
      { head: "R²", digits: 4 },
      { head: "peak MB/MP from 12 MP on" },
    ],
    rows,
  };
}
