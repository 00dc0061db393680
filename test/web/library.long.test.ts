// Compiling the shaders of a network takes a software adapter ten seconds; KinD takes as long in WebAssembly.
import { describe, expect, test } from "vitest";
import { largestDifference } from "../support/browser-pixels.ts";
import { hasChromium } from "../support/chromium.ts";
import { testLibrary } from "../support/library-page.ts";

describe.skipIf(!hasChromium)("@kindling/browser", () => {
  const { inBrowser, inNode } = testLibrary();

  test.each([
    { method: "msr-net.two-activations", device: "webgpu" },
    { method: "kind.untrained", device: "cpu" },
  ] as const)("$method on $device gives what it gives in Node on the processor", async (method) => {
    const wanted = { photo: "small.png", ...method };
    expect(largestDifference(await inBrowser(wanted), await inNode(wanted))).toBeLessThanOrEqual(2);
  });
});
