// The function handed to the page runs in the browser.
/// <reference lib="dom" />
/**
 * What one move of the light slider costs in the built page, from the slider's event until the picture is drawn, with
 * Ember on WebAssembly and a photo of one megapixel.
 *
 * Run: npm run build && npx tsx bench/page-light.ts [folder of the page]. Prints the time of each change and, from the
 * browser's own trace, the processor time of each thread, which other work on the machine disturbs least; ONNX Runtime's
 * own threads run no tasks and are not among them.
 */
import type { Page } from "playwright-core";
import sharp from "sharp";
import { openChromium } from "../test/support/chromium.ts";
import { serveFolders } from "../test/support/static-server.ts";

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time (µs). */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const changes = 24;
const [folder = "apps/web/dist"] = process.argv.slice(2);
const server = await serveFolders({ "/": folder }, { isolated: true });
const browser = await openChromium("--disable-gpu");
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
page.setDefaultTimeout(120_000);
await page.goto(server.url);
const buffer = await sharp("examples/photos/street-after-rain.jpg").resize(1224, 816).jpeg().toBuffer();
await page.locator("[data-picker=files]").first().setInputFiles({ name: "night.jpg", mimeType: "image/jpeg", buffer });
await page.locator("canvas[data-name=after]").waitFor();

const levelOf = (change: number) => 1 + 0.2 * (change % 8);
for (let change = 0; change < 4; change++) await msUntilDrawn(page, levelOf(change));
await browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
const times: number[] = [];
for (let change = 0; change < changes; change++) times.push(await msUntilDrawn(page, levelOf(change)));
const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
await browser.close();
await server.close();

times.sort((a, b) => a - b);
console.log(`Until drawn: ${times[changes / 2]?.toFixed(1)} ms in the median, ${times[0]?.toFixed(1)} ms at best.`);
for (const [thread, ms] of msByThread(traceEvents)) console.log(`${ms.toFixed(1).padStart(6)} ms a change: ${thread}`);

/** Moves the slider as a hand does, and waits for the next drawing of the lit picture. */
function msUntilDrawn(on: Page, level: number): Promise<number> {
  return on.evaluate(
    (value) =>
      new Promise<number>((done) => {
        const slider = document.querySelector<HTMLInputElement>("#light");
        const context = document.querySelector<HTMLCanvasElement>("canvas[data-name=after]")?.getContext("2d");
        if (!slider || !context) throw new Error("The page shows no lit picture.");
        const begun = performance.now();
        const draw = context.drawImage;
        context.drawImage = (...picture: unknown[]) => {
          context.drawImage = draw;
          Reflect.apply(draw, context, picture);
          done(performance.now() - begun);
        };
        slider.value = String(value);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
      }),
    level,
  );
}

/** Processor time of the threads that take part, the busiest first (ms a change). */
function msByThread(events: readonly TraceEvent[]): [string, number][] {
  const keyOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const names = new Map(
    events.filter(({ name }) => name === "thread_name").map((event) => [keyOf(event), event.args?.name ?? ""]),
  );
  const sums = new Map<string, number>();
  for (const event of events) {
    if (!/RunTask$/.test(event.name) || !event.tdur) continue;
    const thread = `${names.get(keyOf(event))} ${event.tid}`;
    sums.set(thread, (sums.get(thread) ?? 0) + event.tdur / 1000 / changes);
  }
  return [...sums].filter(([, ms]) => ms > 1).sort(([, a], [, b]) => b - a);
}
