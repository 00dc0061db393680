import { expect, test } from "vitest";
import { createFakeEnhancer } from "./fake-enhancer.ts";
import { createPhotoLighter } from "./photo-lighter.ts";

function openLighter() {
  const fake = createFakeEnhancer();
  return { fake, scene: fake.scene("scene"), lighter: createPhotoLighter() };
}

test("of the lights asked for while one is computed only the last is computed next", async () => {
  const { fake, scene, lighter } = openLighter();
  for (const light of [1, 2, 3]) lighter.light(scene, { light });
  expect(fake.relights.map(({ input }) => input.light)).toEqual([1]);
  const first = fake.view("1");
  await fake.relights[0]?.answer(first);
  expect(lighter.state.value).toMatchObject({ status: "working", latest: { view: first, scene } });
  expect(fake.relights.map(({ input }) => input.light)).toEqual([1, 3]);
  const last = fake.view("3");
  await fake.relights[1]?.answer(last);
  expect(lighter.state.value).toEqual({ status: "ready", latest: { view: last, scene } });
  expect(fake.closed).toEqual(["view 1"]);
});

test("a failure is shown with its reason and the last picture, and does not prevent the next light", async () => {
  const { fake, scene, lighter } = openLighter();
  lighter.light(scene, { light: 1 });
  const view = fake.view("1");
  await fake.relights[0]?.answer(view);
  lighter.light(scene, { light: 2 });
  const reason = new Error("out of memory");
  await fake.relights[1]?.fail(reason);
  expect(lighter.state.value).toMatchObject({ status: "failed", reason, latest: { view } });
  lighter.light(scene, { light: 3 });
  await fake.relights[2]?.answer(fake.view("3"));
  expect(lighter.state.value.status).toBe("ready");
});

test("cancelled, it forgets the light that waits and closes a picture that comes late", async () => {
  const { fake, scene, lighter } = openLighter();
  lighter.light(scene, { light: 1 });
  lighter.light(scene, { light: 2 });
  lighter.cancel();
  expect(fake.relights[0]?.signal?.aborted).toBe(true);
  await fake.relights[0]?.answer(fake.view("late"));
  expect([lighter.state.value, fake.closed]).toEqual([{ status: "idle", latest: undefined }, ["view late"]]);
  lighter.light(scene, { light: 3 });
  await fake.relights[1]?.answer(fake.view("3"));
  expect(fake.relights.map(({ input }) => input.light)).toEqual([1, 3]);
});
