import { expect, test } from "vitest";
import { createFakeEnhancer } from "./fake-enhancer.ts";
import { createPhotoAnalyser } from "./photo-analyser.ts";

function openAnalyser() {
  const fake = createFakeEnhancer();
  return { fake, photo: fake.photo("photo"), analyser: createPhotoAnalyser() };
}

test("an analysis shows its progress from 0 on, then its scene with what is known of it", async () => {
  const { fake, photo, analyser } = openAnalyser();
  analyser.analyse(photo, "ember");
  expect(fake.analyses[0]?.input).toBe("ember");
  expect(analyser.state.value).toMatchObject({ status: "working", progress: 0 });
  fake.analyses[0]?.onProgress?.(0.6);
  expect(analyser.state.value).toMatchObject({ status: "working", progress: 0.6 });
  const scene = fake.scene("ember", { autoLight: 3 });
  await fake.analyses[0]?.answer(scene);
  const { status, latest } = analyser.state.value;
  expect([status, latest?.scene, latest?.facts.autoLight]).toEqual(["ready", scene, 3]);
  expect(latest?.durationMs).toBeGreaterThanOrEqual(0);
});

test("a method that analysed the photo before does not do it again", async () => {
  const { fake, photo, analyser } = openAnalyser();
  for (const name of ["lime", "gamma"]) {
    analyser.analyse(photo, name);
    await fake.analyses.at(-1)?.answer(fake.scene(name));
  }
  analyser.analyse(photo, "lime");
  expect([fake.analyses.length, analyser.state.value.status, fake.closed]).toEqual([2, "ready", []]);
  analyser.state.value.latest?.scene?.close();
  expect(fake.closed).toEqual(["lime"]);
});

test("another method cancels the analysis that is not finished, whose scene is closed if it comes late", async () => {
  const { fake, photo, analyser } = openAnalyser();
  analyser.analyse(photo, "kind");
  analyser.analyse(photo, "gamma");
  expect(fake.analyses[0]?.signal?.aborted).toBe(true);
  await fake.analyses[1]?.answer(fake.scene("gamma"));
  await fake.analyses[0]?.answer(fake.scene("kind"));
  expect(fake.closed).toEqual(["kind"]);
  expect(analyser.state.value.status).toBe("ready");
  analyser.analyse(photo, "kind");
  expect(fake.analyses.length).toBe(3);
});

test("cancelled or failed, the scene that was there before stays to be lit", async () => {
  const { fake, photo, analyser } = openAnalyser();
  analyser.analyse(photo, "lime");
  const scene = fake.scene("lime");
  await fake.analyses[0]?.answer(scene);
  analyser.analyse(photo, "kind");
  expect(analyser.state.value.latest?.scene).toBe(scene);
  analyser.cancel();
  expect([analyser.state.value.status, analyser.state.value.latest?.scene]).toEqual(["ready", scene]);
  analyser.analyse(photo, "kind");
  const reason = new Error("no network");
  await fake.analyses[2]?.fail(reason);
  expect(analyser.state.value).toMatchObject({ status: "failed", reason, latest: { scene } });
});

test("a release closes every scene and keeps what was known of the last", async () => {
  const { fake, photo, analyser } = openAnalyser();
  for (const name of ["lime", "gamma"]) {
    analyser.analyse(photo, name);
    await fake.analyses.at(-1)?.answer(fake.scene(name, { autoLight: 4 }));
  }
  analyser.release();
  expect(fake.closed).toEqual(["lime", "gamma"]);
  const { status, latest } = analyser.state.value;
  expect([status, latest?.scene, latest?.facts.autoLight]).toEqual(["idle", undefined, 4]);
});
