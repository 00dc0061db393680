import { rmSync } from "node:fs";
import { join } from "node:path";
import type { SpeedReport } from "@kindling/node/lab";
import { measureNode, runNode } from "../metered-command.ts";
import { type Bench, commandOf, leastInTurns } from "../report/bench.ts";
import { fitLine, type Point } from "../report/fit-line.ts";
import { combine, nothing, type Pair, type Row, type Table } from "../report/table.ts";
import { type MeasuredMethod, type SizeLimits, sizesOf } from "./methods-to-measure.ts";
import { megapixelsOf, nameOf, type Size, twelveMegapixels, vga, writePhoto } from "./photos-to-measure.ts";

/** A photo that a method has enhanced. */
interface Measured {
  readonly method: MeasuredMethod;
  readonly size: Size;
  readonly seconds: Pair;
  readonly processorSeconds: Pair;
  readonly peakMB: Pair;
}

/** What `kindling bench` tells of a network: the machine's ceiling, and the network's arithmetic for a pixel. */
interface Speed {
  readonly ceiling: Pair;
  readonly macsOfPixel: Pair;
  /** Share of the ceiling that the analysis reaches, by the size's name. */
  readonly shares: ReadonlyMap<string, Pair>;
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
  const speeds = new Map<MeasuredMethod, Speed>();
  for (const method of methods) if (method.isNetwork) speeds.set(method, await measureSpeed(bench, method, limits));
  const ceilings = [...speeds.values()].map(({ ceiling }) => ceiling);
  const ceiling = ceilings.reduce((a, b) => combine(Math.max, a, b), ceilings[0] ?? nothing);
  const gigaflops =
    ceiling.now === undefined ? "" : ` Matrix products reach ${((2 * ceiling.now) / 1e9).toFixed(0)} GFLOP/s here.`;
  const photos: Table = {
    title: "One photo, the whole command",
    about:
      "`kindling enhance` of one JPEG, from the start of the process to its end; of several runs the least. Of the ceiling, which is " +
      "the fastest matrix product of the same runtime: the network's arithmetic over the whole command's time, and over that of the " +
      `analysis alone, as \`kindling bench\` measures it.${gigaflops}`,
    words: ["method", "photo"],
    figures: [
      { head: "s" },
      { head: "processor s" },
      { head: "MP/s" },
      { head: "peak MB" },
      { head: "of ceiling, command %", digits: 0 },
      { head: "analysis %", digits: 0 },
    ],
    rows: measured.map((row) => rowOf(row, speeds.get(row.method))),
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

/** Asks `kindling bench` of a network at the smallest size, and at a large one of the default network. */
async function measureSpeed(bench: Bench, { name, isDefault }: MeasuredMethod, limits: SizeLimits): Promise<Speed> {
  const isLargeWanted = isDefault && !bench.isQuick && megapixelsOf(twelveMegapixels) <= limits.largestMP;
  const asked = isLargeWanted ? [vga, twelveMegapixels] : [vga];
  const figure = await leastInTurns(bench, { doing: `kindling bench ${name}`, runs: 1 }, (checkout) => {
    const words = asked.flatMap((size) => ["--size", nameOf(size)]);
    const report = JSON.parse(runNode(commandOf(checkout), "bench", name, ...words, "--json")) as SpeedReport;
    // Of weights in 8 bits the arithmetic is not counted.
    const shares = report.rows.map((row) => [nameOf(row), row.ceilingShare ?? Number.NaN] as const);
    const macsOfPixel = (report.rows[0]?.macs ?? Number.NaN) / (1e6 * megapixelsOf(vga));
    return { ceiling: report.ceilingMacsPerSecond, macsOfPixel, ...Object.fromEntries(shares) } as Record<
      string,
      number
    >;
  });
  const known = (pair: Pair): Pair => combine((value) => value, withoutNaN(pair));
  const shares = new Map(asked.map((size) => [nameOf(size), known(figure(nameOf(size)))]));
  return { ceiling: figure("ceiling"), macsOfPixel: known(figure("macsOfPixel")), shares };
}

function withoutNaN({ now, before }: Pair): Pair {
  const known = (value: number | undefined) => (Number.isNaN(value) ? undefined : value);
  return { now: known(now), before: known(before) };
}

function rowOf({ method, size, seconds, processorSeconds, peakMB }: Measured, speed: Speed | undefined): Row {
  const megapixels = megapixelsOf(size);
  const ofCeiling = (macsOfPixel: number, s: number, ceiling: number) =>
    (100 * macsOfPixel * megapixels * 1e6) / s / ceiling;
  return {
    words: [method.name, nameOf(size)],
    figures: [
      seconds,
      processorSeconds,
      combine((s) => megapixels / s, seconds),
      peakMB,
      speed ? combine(ofCeiling, speed.macsOfPixel, seconds, speed.ceiling) : nothing,
      combine((share) => 100 * share, speed?.shares.get(nameOf(size)) ?? nothing),
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
