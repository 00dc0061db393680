import { join } from "node:path";
import { methods, openEnhancer, readPhoto } from "@kindling/node";
import { integersOfPicture } from "@kindling/node/internal";
import { expect, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { scratchFolder } from "../support/run-kindling.ts";

test.each(["ember", "kind", ...methods.slice(0, 1).map(({ name }) => name)])(
  "%s leaves a photo as it was read",
  async (method) => {
    const file = join(scratchFolder(), "dark.png");
    await writeDarkPhoto(file, { width: 96, height: 64 });
    const photo = await readPhoto(file);
    const enhancer = await openEnhancer({ method, device: "cpu" });
    await enhancer.enhance(photo, { light: 2 });
    await (await enhancer.analyse(photo)).relight({ light: 3 });
    await enhancer.close();
    const [now, before] = [photo, await readPhoto(file)].map(({ picture }) => integersOfPicture(picture, 8).samples);
    expect(now?.every((value, i) => value === before?.[i])).toBe(true);
  },
);
