// Compiling the shaders of a network takes a software adapter ten seconds.
import { describe, expect, test } from "vitest";
import { largestDifference } from "../support/browser-pixels.ts";
import { hasChromium } from "../support/chromium.ts";
import { testLibrary } from "../support/library-page.ts";

describe.skipIf(!hasChromium)("@kindling/browser on a GPU", () => {
  const { inBrowser, inNode } = testLibrary();

  test("a network gives what it gives in Node on the processor", async () => {
    const wanted = { photo: "small.png", method: "msr-net.two-activations", device: "webgpu" } as const;
    expect(largestDifference(await inBrowser(wanted), await inNode(wanted))).toBeLessThanOrEqual(2);
  });
});
