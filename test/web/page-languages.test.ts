// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { methods } from "@kindling/node";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { de } from "../../apps/web/src/i18n/de.ts";
import { en } from "../../apps/web/src/i18n/en.ts";
import { es } from "../../apps/web/src/i18n/es.ts";
import { ja } from "../../apps/web/src/i18n/ja.ts";
import { ko } from "../../apps/web/src/i18n/ko.ts";
import type { Words } from "../../apps/web/src/i18n/words.ts";
import { zh } from "../../apps/web/src/i18n/zh.ts";
import { hasChromium } from "../support/chromium.ts";
import { builtPage, dropExample, dropFile, pictureNamed, smallExample, testWebPage } from "../support/web-page.ts";

const translations: Readonly<Record<string, Words>> = { de, es, ja, ko, zh };

/** A text, with its arguments where it takes some. */
function wordsOf(words: Words): Record<string, string> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([name, text]) => {
      if (typeof text === "string") return [[name, text]];
      if (typeof text === "function") return [[name, (text as (...given: string[]) => string)("7", "9")]];
      return [];
    }),
  );
}

describe.each(Object.entries(translations))("the texts of %s", (_, words) => {
  test("are all there, none empty, and none left in English", () => {
    const [own, english] = [wordsOf(words), wordsOf(en)];
    expect(Object.keys(own)).toEqual(Object.keys(english));
    // Words that are the same in several languages, numbers and names.
    const same = /^(Ember|.* × .*|7 px|Auto|Format|Natural|Control(es)?|Illumination|Zoom)$/;
    const kept = Object.entries(own).filter(([name, text]) => text === english[name] && !same.test(text));
    expect(kept).toEqual([]);
    expect(Object.values(own).filter((text) => text.trim() === "")).toEqual([]);
    // What is said of a file or a number names it.
    for (const [name, text] of Object.entries(english)) if (text.includes("7")) expect(own[name], name).toContain("7");
  });

  test("name every method of the page, each by its own name", () => {
    const { models } = JSON.parse(readFileSync(join(builtPage, "models/index.json"), "utf8")) as { models: string[] };
    // The first weights of a network go by its name, others by their own; integers are not offered.
    const offered = models.filter((model) => !model.endsWith(".int8"));
    const shipped = offered.map((model) => {
      const [network = ""] = model.split(".");
      return models.find((other) => other.startsWith(`${network}.`)) === model ? network : model;
    });
    const wanted = [...methods.map(({ name }) => name), ...shipped].sort();
    expect(Object.keys(words.methodTexts).sort()).toEqual(wanted);
    const titles = Object.values(words.methodTexts).map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe.skipIf(!hasChromium)("the page in other languages", () => {
  const { openWebPage, openOwnWebPage } = testWebPage();

  /** Lists whose longest choice has no room between their padding: browsers do not count that as overflow. */
  function cutOffChoices(page: Page): Promise<string[]> {
    return page.evaluate(() => {
      const context = document.createElement("canvas").getContext("2d");
      return [...document.querySelectorAll<HTMLSelectElement>("#format, #side")].flatMap((select) => {
        const { font, paddingLeft, paddingRight } = getComputedStyle(select);
        const room = select.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
        if (!context) return ["no canvas"];
        context.font = font;
        return [...select.options].map(({ text }) => text).filter((text) => context.measureText(text).width > room);
      });
    });
  }

  /** Texts that are wider than their place, or that lie beyond the screen. */
  function cutOff(page: Page): Promise<string[]> {
    return page.evaluate(() =>
      [...document.querySelectorAll("button, label, h2, p, select, summary")]
        .filter((element) => {
          if (
            !element.checkVisibility() ||
            element.closest(".only-heard, .strip, .notices, .before-after, .language")
          ) {
            return false;
          }
          const box = element.getBoundingClientRect();
          const isBeyond = box.width > 1 && (box.right > innerWidth + 1 || box.left < -1);
          return isBeyond || element.scrollWidth > element.clientWidth + 2;
        })
        .map((element) => element.outerHTML.slice(0, 160)),
    );
  }

  /** How many rows the tools beside the light take, and how high its number is, in its letters. */
  function dockOnPhone(page: Page): Promise<{ rows: number; lines: number }> {
    return page.evaluate(() => {
      const tops = [...document.querySelectorAll(".light-dock > :is(label, button)")].map((element) => {
        const { top, height } = element.getBoundingClientRect();
        return Math.round((top + height / 2) / 10);
      });
      const number = document.querySelector(".light-number");
      const lines = number ? number.clientHeight / Number.parseFloat(getComputedStyle(number).fontSize) : 0;
      return { rows: new Set(tops).size, lines: Math.floor(lines) };
    });
  }

  test("nothing is cut off in any language, on a desk, a phone and a narrow phone", async () => {
    const page = await openWebPage();
    const checkAll = async () => {
      for (const [code, words] of Object.entries({ ...translations, en })) {
        await page.locator(".language").selectOption(code);
        await page.getByLabel(words.chooseLanguage, { exact: true }).waitFor();
        for (const width of [1440, 1280, 390, 320]) {
          await page.setViewportSize({ width, height: 800 });
          expect(await cutOff(page), `${code}, ${width} px`).toEqual([]);
          expect(await cutOffChoices(page), `${code}, ${width} px`).toEqual([]);
          if (width > 400 || !(await page.locator(".light-dock").count())) continue;
          expect(await dockOnPhone(page), `${code}, ${width} px`).toEqual({ rows: 1, lines: 1 });
        }
      }
    };
    await checkAll();
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    await checkAll();
  }, 300_000);

  test("with letters twice as large the tools and a message with a button stay on a phone's screen", async () => {
    const { page } = await openOwnWebPage({ viewport: { width: 360, height: 640 }, locale: "de" });
    await dropFile(
      page,
      "IMG_20260130_235959_ein_sehr_langer_Name_ohne_Luecke.jpg",
      await smallExample("still-life.jpg"),
    );
    await pictureNamed(page, "after");
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
    });
    await page.locator(".strip-close").click();
    await page.getByRole("button", { name: de.bringBack }).waitFor();
    const beyond = await page.evaluate(() =>
      [...document.querySelectorAll(".header *, .notices *")]
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
        .map((element) => element.outerHTML.slice(0, 160)),
    );
    expect(beyond).toEqual([]);
  });

  test("the views have words on a laptop's screen in every language, on one line beside the zoom", async () => {
    const page = await openWebPage({ viewport: { width: 1280, height: 800 } });
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    for (const [code, words] of Object.entries({ ...translations, en })) {
      await page.locator(".language").selectOption(code);
      await page.locator(".icon-word").getByText(words.viewMethods, { exact: true }).waitFor();
      const bar = await page.locator(".view-bar").boundingBox();
      const zoom = await page.locator(".zoom-buttons").boundingBox();
      expect(bar?.height, code).toBeLessThan(50);
      expect((bar?.x ?? 0) + (bar?.width ?? 0), code).toBeLessThan(zoom?.x ?? 0);
    }
  }, 120_000);

  test("another language is loaded when it is chosen, kept, and writes numbers its own way", async () => {
    const page = await openWebPage();
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("heading", { name: de.tagline }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: de.tagline }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("de");
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    expect(await page.locator("#side option").nth(1).textContent()).toBe("4.096 px");
    await page.locator("#light").fill("1.5");
    expect(await page.locator("output.light-value").textContent()).toBe("+1,5 EV");
  }, 120_000);
});
