import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { KindlingError } from "@kindling/node";
import type { FleetProgress } from "@kindling/server";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";
import { describeProgress, duration, rateOf } from "../../apps/server/fleet-page/describe-progress.ts";
import { hasChromium } from "../support/chromium.ts";
import { testBrowser } from "../support/test-browser.ts";
import { startTestServer } from "../support/test-server.ts";

const progress: FleetProgress = {
  queue: "photos",
  paused: false,
  total: 1200,
  done: 300,
  enhanced: 290,
  failed: 2,
  waiting: 890,
  active: 8,
  delayed: 0,
  megapixels: 3480,
  photosPerMinute: 60,
  workers: ["attic-1", "cellar-2"],
};

describe("the progress of a fleet over HTTP", () => {
  test("is JSON as the OpenAPI document tells, asks for a token, and is no line of the log", async () => {
    const readFleet = async () => ({ ...progress, secret: "stays" });
    const server = await startTestServer({}, ["0123456789abcdef"], { readFleet });
    const ask = (headers: Record<string, string>) => fetch(`${server.url}/v1/fleet`, { headers });
    expect((await ask({})).status).toBe(401);
    const answer = await ask({ authorization: "Bearer 0123456789abcdef" });
    expect(await answer.json()).toEqual(progress);
    const { paths } = (await (await fetch(`${server.url}/openapi.json`)).json()) as never as Record<string, never>;
    const { schema } = paths["/v1/fleet"]["get"]["responses"]["200"]["content"]["application/json"];
    expect(Object.keys(schema["properties"])).toEqual(Object.keys(progress));
    // Asked every second by every open page: no line of the log each.
    expect(server.log()).not.toContain('/v1/fleet","status":200');
  });

  test("a queue that does not answer is 503 with no word of where it is", async () => {
    const readFleet = () => Promise.reject(new KindlingError("unavailable", "redis://inner.host: no answer"));
    const server = await startTestServer({}, [], { readFleet });
    const answer = await fetch(`${server.url}/v1/fleet`);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ code: "fleet-away", retryable: true });
    expect(text).not.toContain("inner.host");
    expect(server.log()).toContain("no answer");
  });

  test("a server without a fleet has neither address", async () => {
    const server = await startTestServer();
    for (const address of ["/fleet", "/v1/fleet"]) expect((await fetch(server.url + address)).status).toBe(404);
    expect(await (await fetch(`${server.url}/openapi.json`)).text()).not.toContain("/v1/fleet");
  });
});

test("progress in words: rate and time left, paused, finished, and never 100 % before all are done", () => {
  const at = (change: Partial<FleetProgress>, rate = 1) => describeProgress({ ...progress, ...change } as never, rate);
  expect(at({})).toMatchObject({ headline: "302 of 1,200 photos, 25 %", pace: "1.0 photos a second, 15 min left" });
  expect(at({}).heard).toBe("20 %, some set aside");
  expect(at({ done: 1197, waiting: 1, active: 0 }).headline).toContain("99 %");
  expect(at({ paused: true }).pace).toMatch(/^Paused/);
  expect(at({ done: 1198, waiting: 0, active: 0 })).toMatchObject({ title: "Finished", pace: expect.any(String) });
  expect(at({ total: 0, done: 0, failed: 0, waiting: 0, active: 0 }).headline).toMatch(/^No photos/);
  expect(at({}, 0).pace).toBe("No rate is known yet.");
  expect([rateOf([], {}), rateOf([{ at: 1, done: 5 }], { photosPerMinute: 60 })]).toEqual([0, 1]);
  expect(
    rateOf(
      [1, 11].map((second) => ({ at: second, done: 4 * second })),
      {},
    ),
  ).toBe(4);
  expect([40, 720, 19_200, 259_200].map(duration)).toEqual(["40 s", "12 min", "5 h 20 min", "3 days"]);
});

describe.skipIf(!hasChromium)("the page of a fleet", () => {
  const browser = testBrowser();

  async function openPage(url: string): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser().newPage();
    onTestFinished(() => page.close());
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (!/^data:/.test(request.url()) && !request.url().startsWith(url)) complaints.push(request.url());
    });
    await page.goto(`${url}/fleet`);
    return { page, complaints };
  }

  test("shows progress as it grows, and names of workers as they are, without anything from elsewhere", async () => {
    let known: FleetProgress = { ...progress, workers: ["<img src=x onerror=alert(1)>"] };
    const server = await startTestServer({}, [], { readFleet: async () => known });
    const { page, complaints } = await openPage(server.url);
    await page.getByText("302 of 1,200 photos, 25 %").waitFor();
    await page.getByText("<img src=x onerror=alert(1)>").waitFor();
    expect(Number(await page.getByRole("progressbar").getAttribute("value")) || 0).toBeCloseTo(302 / 1200);
    expect(await page.getByText("kindling failed").isVisible()).toBe(true);
    known = { ...progress, done: 1198, waiting: 0, active: 0, workers: [] };
    await page.getByText("Finished: no photo is left.").waitFor();
    expect(await page.title()).toBe("Finished - Kindling");
    expect(await page.getByRole("status").textContent()).toBe("Finished, some set aside");
    expect(complaints).toEqual([]);
    await page.goto(`${server.url}/fleet/`);
    await page.getByText("1,200 of 1,200").waitFor();
  });

  test("says that the queue is away and goes on by itself", async () => {
    let isAway = true;
    const readFleet = async () => {
      if (isAway) throw new KindlingError("unavailable", "away");
      return progress;
    };
    const server = await startTestServer({}, [], { readFleet });
    const { page } = await openPage(server.url);
    await page.getByRole("alert").getByText("The queue of the fleet does not answer").waitFor();
    isAway = false;
    await page.getByText("302 of 1,200").waitFor();
    expect(await page.getByRole("alert").isHidden()).toBe(true);
  });

  test("asks for the token of a server that needs one", async () => {
    const server = await startTestServer({}, ["0123456789abcdef"], { readFleet: async () => progress });
    const { page } = await openPage(server.url);
    await page.getByLabel("This server asks for a token").fill("wrong");
    await page.getByRole("button").click();
    await page.getByRole("alert").getByText("does not know this token").waitFor();
    await page.getByLabel("This server asks for a token").fill("0123456789abcdef");
    await page.keyboard.press("Enter");
    await page.getByText("302 of 1,200").waitFor();
    expect(await page.getByRole("alert").isHidden()).toBe(true);
  });

  test.each(["dark", "light"] as const)("has no barrier that axe knows of, in the %s theme", async (colorScheme) => {
    const server = await startTestServer({}, [], { readFleet: async () => progress });
    const { page } = await openPage(server.url);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 700 });
    await page.getByText("302 of 1,200").waitFor();
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
    const { violations } = await page.evaluate(
      (): Promise<AxeResults> => (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run(),
    );
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    const { scrolled, wide } = (await page.evaluate(
      "({scrolled: document.documentElement.scrollWidth, wide: innerWidth})",
    )) as never;
    expect(scrolled).toBeLessThanOrEqual(wide);
  });
});
