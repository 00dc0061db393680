import { expect, test } from "vitest";
import { createFakeEnhancer, waitForCalls } from "./fake-enhancer.ts";
import { lightByAll } from "./method-pictures.ts";

const methods = [
  { name: "ember", bytes: 5 },
  { name: "kind", bytes: 3 },
  { name: "lime", bytes: 0 },
  { name: "gamma", bytes: 0 },
];

function begin(current: string | undefined) {
  const fake = createFakeEnhancer();
  const stop = new AbortController();
  const shown: [string, boolean][] = [];
  const show = (name: string, view: object | undefined) => void shown.push([name, view !== undefined]);
  const ended = lightByAll(async () => fake.photo("photo"), methods, current, stop.signal, show);
  return { fake, stop, shown, ended };
}

test("the method in use comes first, then what needs no fetching; one that fails leaves the others", async () => {
  const { fake, shown, ended } = begin("ember");
  for (let i = 0; i < methods.length; i++) {
    await waitForCalls();
    const call = fake.analyses[i];
    if (call?.input === "lime") await call.fail(new Error("not fetched"));
    else {
      await call?.answer(fake.scene(`${call.input}`));
      await fake.relights.at(-1)?.answer(fake.view(`${call?.input}`));
    }
  }
  await ended;
  expect(shown).toEqual([
    ["ember", true],
    ["lime", false],
    ["gamma", true],
    ["kind", true],
  ]);
  // Pictures are the page's now.
  expect(fake.closed).toEqual(["view of photo", "ember", "gamma", "kind", "photo"]);
});

test("once it is stopped nothing more is lit or shown, and what comes late is closed", async () => {
  const { fake, stop, shown, ended } = begin(undefined);
  await waitForCalls();
  await fake.analyses[0]?.answer(fake.scene("lime"));
  stop.abort();
  await fake.relights[0]?.answer(fake.view("lime"));
  await ended;
  expect([fake.analyses.length, shown]).toEqual([1, []]);
  expect(fake.closed).toEqual(["view of photo", "lime", "view lime", "photo"]);
});
