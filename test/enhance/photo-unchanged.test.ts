import { methods, openEnhancer, readPhoto } from "@kindling/node";
import { integersOfPicture } from "@kindling/node/internal";
import { expect, test } from "vitest";
import { samplePairs } from "../../examples/sample-pairs.ts";

test.each(["ember", "kind", ...methods.slice(0, 1).map(({ name }) => name)])(
  "%s leaves a photo as it was read",
  async (method) => {
    const [{ photo: file } = { photo: "" }] = samplePairs;
    const photo = await readPhoto(file);
    const enhancer = await openEnhancer({ method, device: "cpu" });
    await enhancer.enhance(photo, { light: 2 });
    await (await enhancer.analyse(photo)).relight({ light: 3 });
    await enhancer.close();
    const [now, before] = [photo, await readPhoto(file)].map(({ picture }) => integersOfPicture(picture, 8).samples);
    expect(now?.every((value, i) => value === before?.[i])).toBe(true);
  },
  120_000,
);
