import { expect, test } from "vitest";
import { createFakeEnhancer, waitForCalls } from "./fake-enhancer.ts";
import { createPhotoReader } from "./photo-reader.ts";

const file = new File(["pixels"], "night.jpg");

async function openReader() {
  const fake = createFakeEnhancer();
  const reader = createPhotoReader(file, async () => fake.enhancer);
  reader.read();
  await waitForCalls();
  return { fake, reader };
}

test("the file is read once, reduced to a megapixel, and is ready then", async () => {
  const { fake, reader } = await openReader();
  expect(reader.state.value.status).toBe("working");
  reader.read();
  await waitForCalls();
  expect(fake.reads.map(({ input }) => input)).toEqual([file]);
  const photo = fake.photo("photo");
  await fake.reads[0]?.answer(photo);
  expect(reader.state.value).toEqual({ status: "ready", latest: photo });
  reader.read();
  await waitForCalls();
  expect(fake.reads.length).toBe(1);
});

test("a file that cannot be read and a worker that does not start are failures with their reason", async () => {
  const { fake, reader } = await openReader();
  const reason = new Error("damaged");
  await fake.reads[0]?.fail(reason);
  expect(reader.state.value).toEqual({ status: "failed", reason, latest: undefined });

  const without = createPhotoReader(file, () => Promise.reject(reason));
  without.read();
  await waitForCalls();
  expect(without.state.value).toMatchObject({ status: "failed", reason });
});

test("after a release the picture stays while the worker's memory is freed, until it is read again", async () => {
  const { fake, reader } = await openReader();
  const photo = fake.photo("photo");
  await fake.reads[0]?.answer(photo);
  reader.release();
  expect(fake.closed).toEqual(["photo"]);
  expect(reader.state.value).toEqual({ status: "idle", latest: photo });
  reader.read();
  await waitForCalls();
  const again = fake.photo("again");
  await fake.reads[1]?.answer(again);
  expect(reader.state.value).toEqual({ status: "ready", latest: again });
  expect(fake.closed).toContain("view of photo");
  expect(fake.closed).not.toContain("again");
});

test("a cancelled reading is aborted, and a photo that comes all the same is closed", async () => {
  const { fake, reader } = await openReader();
  reader.cancel();
  expect(fake.reads[0]?.signal?.aborted).toBe(true);
  expect(reader.state.value.status).toBe("idle");
  await fake.reads[0]?.answer(fake.photo("late"));
  expect(fake.closed).toEqual(["late", "view of late"]);
  expect(reader.state.value).toEqual({ status: "idle", latest: undefined });
});
