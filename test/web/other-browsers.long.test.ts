// The functions handed to the browsers run in their pages.
/// <reference lib="dom" />
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OtherBrowser, otherBrowsers } from "../support/other-browsers.ts";
import { type StaticServer, serveFolders } from "../support/static-server.ts";
import { withNetworks } from "../support/web-page.ts";

for (const { name, packages, isInstalled } of otherBrowsers) {
  if (!isInstalled) console.warn(`Skipping ${name}, which is not installed (Debian: apt-get install ${packages}).`);
}

/** What a page remembers of a walk, and how it waits. */
interface Walk {
  readonly errors: string[];
  readonly files: File[];
  waitFor<Result>(what: string, look: () => Result | null | undefined | false): Promise<Result>;
}

/** Makes ready what the steps of a walk use: errors are kept, and so is every file that is saved. */
function prepare(): void {
  const walk: Walk = {
    errors: [],
    files: [],
    async waitFor(what, look) {
      const begun = Date.now();
      for (;;) {
        const found = look();
        if (found) return found;
        const told = [...document.querySelectorAll("[role=alert]")].map(({ textContent }) => textContent).join(" ");
        if (Date.now() - begun > 120_000) throw new Error(`${what} did not come. ${told} ${walk.errors.join(" ")}`);
        await new Promise((settle) => setTimeout(settle, 50));
      }
    },
  };
  addEventListener("error", ({ message }) => walk.errors.push(message));
  addEventListener("unhandledrejection", ({ reason }) => walk.errors.push(String(reason)));
  const createUrl = URL.createObjectURL;
  URL.createObjectURL = (source) => {
    if (source instanceof File) walk.files.push(source);
    return createUrl.call(URL, source);
  };
  Object.assign(globalThis, { walk });
}

/** Drops a file onto the page and waits for its lit picture; gives the mean brightness of the photo and of that. */
async function light(name: string, base64: string): Promise<{ before: number; after: number; method: string }> {
  const { waitFor } = (globalThis as unknown as { walk: Walk }).walk;
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  const meanOf = async (part: string) => {
    const shown = await waitFor(`the picture ${part} of ${name}`, () =>
      document.querySelector<HTMLCanvasElement>(`section[aria-label="${name}"] canvas[data-name=${part}]`),
    );
    const copy = new OffscreenCanvas(shown.width, shown.height);
    const context = copy.getContext("2d");
    context?.drawImage(shown, 0, 0);
    const rgba = context?.getImageData(0, 0, shown.width, shown.height).data ?? new Uint8ClampedArray(1);
    return rgba.reduce((sum, value) => sum + value, 0) / rgba.length;
  };
  const after = await meanOf("after");
  const method = document.querySelector<HTMLSelectElement>("#method")?.value ?? "";
  return { before: await meanOf("before"), after, method };
}

/** Chooses a method, moves the light to a level and waits until the picture has changed. */
async function change(method: string, level: string): Promise<boolean> {
  const { waitFor } = (globalThis as unknown as { walk: Walk }).walk;
  const isReady = () => [...document.querySelectorAll("[role=status]")].some((e) => e.textContent === "Ready");
  const select = document.querySelector<HTMLSelectElement>("#method");
  if (!select) return false;
  select.value = method;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await waitFor("the method", isReady);
  const pixels = () => document.querySelector<HTMLCanvasElement>("canvas[data-name=after]")?.toDataURL();
  const before = pixels();
  const slider = document.querySelector<HTMLInputElement>("#light");
  if (!slider) return false;
  slider.value = level;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  slider.dispatchEvent(new Event("change", { bubbles: true }));
  return waitFor("the other light", () => pixels() !== before);
}

/** Saves the photo in the format chosen, and gives the file. */
async function save(): Promise<{ name: string; base64: string; errors: string[] }> {
  const { waitFor, files, errors } = (globalThis as unknown as { walk: Walk }).walk;
  files.length = 0;
  const button = [...document.querySelectorAll("button")].find((one) => one.textContent?.trim() === "Save photo");
  button?.click();
  const file = await waitFor("the saved file", () => files[0]);
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  const told = [...document.querySelectorAll("[role=alert]")].map(({ textContent }) => textContent ?? "");
  return { name: file.name, base64: btoa(text), errors: [...errors, ...told] };
}

describe.each(otherBrowsers)("the page in $name", ({ isInstalled, start }) => {
  describe.skipIf(!isInstalled)("where it is installed", () => {
    let browser: OtherBrowser;
    let server: StaticServer;
    beforeAll(async () => {
      server = await serveFolders(withNetworks, { isolated: true });
      browser = await start();
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });

    test("lights a photo by Ember, follows the slider, and saves JPEG, PNG, WebP and AVIF as they came", async () => {
      // The page reloads itself once where it gets no threads, which would end the walk midway: as if it had already.
      await browser.open(`${server.url}icon.svg`);
      await browser.run(() => sessionStorage.setItem("kindling.reloaded", "yes"));
      await browser.open(server.url);
      await browser.run(prepare);
      const small = sharp("examples/photos/still-life.jpg").resize(160);
      for (const format of ["jpeg", "png", "webp", "avif"] as const) {
        const photo = await small.clone().toFormat(format).toBuffer();
        const shown = await browser.run(light, `night.${format}`, photo.toString("base64"));
        if (format === "jpeg") expect(shown.method).toMatch(/^ember\./);
        expect(shown.after, format).toBeGreaterThan(1.05 * shown.before);
        expect(await browser.run(change, "gamma", "2"), format).toBe(true);
        const { base64, errors } = await browser.run(save);
        const saved = await sharp(Buffer.from(base64, "base64")).metadata();
        expect([saved.format, saved.width], format).toEqual([format === "avif" ? "heif" : format, 160]);
        expect(errors, format).toEqual([]);
      }
    }, 600_000);
  });
});
