import { countMacs, countParameters, type Network, tilingOf } from "@kindling/nets";
import { describe, expect, it } from "vitest";

/** What is known of a network before it runs; what is left out is not checked. */
export interface NetworkFacts {
  readonly parameters?: number;
  /** Multiply-accumulates at 640 x 480 pixels in 1e9, in as many decimals as are given. */
  readonly gigaMacs?: number;
  /** The halo and the grid of its tiles in pixels, or that it looks at the whole picture. */
  readonly tiling?: readonly [haloPx: number, alignmentPx: number] | "whole picture";
}

const vga = { batch: 1, height: 480, width: 640 };

/** Describes a test of every network's facts, counted from its graph. */
export function describeNetworkFacts(
  networks: readonly Network[],
  facts: Readonly<Record<string, NetworkFacts>>,
): void {
  describe.each(Object.entries(facts))("%s", (name, { parameters, gigaMacs, tiling }) => {
    const graph = networks.find((network) => network.name === name)!.build();
    if (parameters !== undefined) {
      it(`has ${parameters} parameters`, () => expect(countParameters(graph)).toBe(parameters));
    }
    if (gigaMacs !== undefined) {
      it(`takes ${gigaMacs} GMAC at 640 x 480`, () => {
        const digits = String(gigaMacs).split(".")[1]?.length ?? 0;
        expect((countMacs(graph, vga) / 1e9).toFixed(digits)).toBe(gigaMacs.toFixed(digits));
      });
    }
    if (tiling === "whole picture") it("depends on the whole picture", () => expect(tilingOf(graph)).toBeUndefined());
    else if (tiling) {
      const [haloPx, alignmentPx] = tiling;
      it(`needs a halo of ${haloPx} px on a grid of ${alignmentPx} px`, () => {
        expect(tilingOf(graph)).toEqual({ haloPx, alignmentPx });
      });
    }
  });
}
