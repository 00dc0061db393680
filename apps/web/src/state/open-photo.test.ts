import { expect, test } from "vitest";
import { createFakeEnhancer, waitForCalls } from "./fake-enhancer.ts";
import { openPhoto } from "./open-photo.ts";

/** Opens a photo and wakes it; its calls are to be answered. */
async function openAwake() {
  const fake = createFakeEnhancer();
  const photo = openPhoto(new File(["pixels"], "night.jpg"), async () => fake.enhancer, "lime");
  const activities: string[] = [];
  photo.activity.subscribe((activity) => activities.push(activity));
  photo.isAwake.value = true;
  await waitForCalls();
  const choose = (method: string) => photo.settings.settle({ ...photo.settings.now.peek(), method });
  return { fake, photo, activities, choose };
}

/** The same, with all calls answered until it is lit. */
async function openLit() {
  const opened = await openAwake();
  const { fake } = opened;
  await fake.reads[0]?.answer(fake.photo("photo"));
  await fake.analyses[0]?.answer(fake.scene("lime"));
  await fake.relights[0]?.answer(fake.view("lime"));
  return opened;
}

test("a photo that wakes is read, analysed with its method and lit", async () => {
  const { fake, photo, activities } = await openLit();
  expect(activities).toEqual(["idle", "reading", "analysing", "ready"]);
  expect(fake.analyses.map(({ input }) => input)).toEqual(["lime"]);
  expect(fake.relights.map(({ input }) => input)).toEqual([{ light: "auto" }]);
  expect([photo.result.value === undefined, photo.error.value]).toEqual([false, undefined]);
});

test("another light only lights it again, another method analyses it again without reading it", async () => {
  const { fake, photo, activities, choose } = await openLit();
  photo.settings.settle({ ...photo.settings.now.peek(), light: 3 });
  expect([fake.analyses.length, fake.relights.at(-1)?.input]).toEqual([1, { light: 3 }]);
  await fake.relights[1]?.answer(fake.view("light"));
  expect(activities.at(-1)).toBe("ready");
  expect(photo.facts.value?.autoLight).toBe(2);
  choose("gamma");
  expect([fake.reads.length, fake.analyses.length, photo.activity.value]).toEqual([1, 2, "analysing"]);
  // What is known of one method must not be used to save with another.
  expect(photo.facts.value).toBeUndefined();
  // A change of the settings lights the scene that is there once more.
  await fake.relights[2]?.answer(fake.view("old"));
  await fake.analyses[1]?.answer(fake.scene("gamma"));
  // Until the first picture of the new method is there, the old one is shown and the page is busy.
  expect([photo.activity.value, photo.progress.value]).toEqual(["analysing", 1]);
  await fake.relights[3]?.answer(fake.view("gamma"));
  expect(photo.activity.value).toBe("ready");
});

test("asleep it holds nothing in the worker and still shows its result; awake it is made anew", async () => {
  const { fake, photo } = await openLit();
  const result = photo.result.value;
  photo.isAwake.value = false;
  expect(fake.closed.sort()).toEqual(["lime", "photo"]);
  expect([photo.scene.value, photo.result.value, photo.activity.value]).toEqual([undefined, result, "ready"]);
  expect(photo.facts.value?.autoLight).toBe(2);
  photo.isAwake.value = true;
  await waitForCalls();
  expect([photo.activity.value, fake.reads.length]).toEqual(["reading", 2]);
});

test("cancelled before there is a result it is idle, and goes on from there when it is tried again", async () => {
  const { fake, photo } = await openAwake();
  await fake.reads[0]?.answer(fake.photo("photo"));
  photo.cancel();
  expect([photo.activity.value, fake.analyses[0]?.signal?.aborted]).toEqual(["idle", true]);
  photo.retry();
  expect([photo.activity.value, fake.reads.length, fake.analyses.length]).toEqual(["analysing", 1, 2]);
});

test("cancelled during the first light it is idle, and a retry lights the same analysis", async () => {
  const { fake, photo } = await openAwake();
  await fake.reads[0]?.answer(fake.photo("photo"));
  await fake.analyses[0]?.answer(fake.scene("lime"));
  photo.cancel();
  expect([photo.activity.value, fake.relights[0]?.signal?.aborted]).toEqual(["idle", true]);
  photo.retry();
  await fake.relights[1]?.answer(fake.view("lime"));
  expect([photo.activity.value, fake.analyses.length]).toEqual(["ready", 1]);
});

test("cancelled with a result it is ready with that", async () => {
  const { photo, choose } = await openLit();
  const result = photo.result.value;
  choose("kind");
  photo.cancel();
  expect([photo.activity.value, photo.result.value]).toEqual(["ready", result]);
});

test.each(["reading", "analysing", "lighting"])("a failure while %s is shown and can be tried again", async (step) => {
  const { fake, photo } = await openAwake();
  const reason = new Error("no");
  const tryTo = async (at: number) => {
    if (step === "reading") return fake.reads[at]?.fail(reason);
    if (at === 0) await fake.reads[0]?.answer(fake.photo("photo"));
    if (step === "analysing") return fake.analyses[at]?.fail(reason);
    if (at === 0) await fake.analyses[0]?.answer(fake.scene("lime"));
    return fake.relights[at]?.fail(reason);
  };
  await tryTo(0);
  expect([photo.activity.value, photo.error.value]).toEqual(["failed", reason]);
  photo.retry();
  await waitForCalls();
  expect(photo.error.value).toBeUndefined();
  expect(photo.activity.value).toBe(step === "reading" ? "reading" : "analysing");
  await tryTo(1);
  expect(photo.error.value).toBe(reason);
});

test("after a reading that failed another method reads the file again", async () => {
  const { fake, choose } = await openAwake();
  await fake.reads[0]?.fail(new Error("no"));
  choose("gamma");
  await waitForCalls();
  expect(fake.reads.length).toBe(2);
});

test("closed, it frees the worker's memory and starts nothing more", async () => {
  const { fake, photo, choose } = await openLit();
  photo.close();
  expect(fake.closed.sort()).toEqual(["lime", "photo"]);
  choose("gamma");
  await waitForCalls();
  expect([fake.reads.length, fake.analyses.length]).toEqual([1, 1]);
});
