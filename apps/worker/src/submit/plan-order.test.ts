import { expect, test } from "vitest";
import { submitPhotos } from "./submit-photos.ts";

test("weights that each machine would choose by itself are refused, before the queue is asked", async () => {
  const order = { queue: "redis://nowhere.invalid", inputs: ["photos"], out: "lit" };
  for (const method of ["ember.fastest", "ember.fastest+bm3d"]) {
    const submitting = submitPhotos({ ...order, method });
    await expect(submitting).rejects.toMatchObject({ code: "invalid-option" });
    await expect(submitting).rejects.toThrow(/all must write the same bytes.*Name the weights/);
  }
});
