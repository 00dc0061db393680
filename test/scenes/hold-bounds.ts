import type { Enhancer, Picture } from "@kindling/node";
import { beforeAll, describe, expect, test } from "vitest";
import { enhanceAtAuto } from "../../scripts/scenes/enhance-at-auto.ts";
import { type Finding, measureScene } from "../../scripts/scenes/measure-scene.ts";
import type { Check } from "../../scripts/scenes/scene.ts";
import { limitOf } from "../../scripts/scenes/scenes-page.ts";
import { expectedFailures } from "./expected-failures.ts";

/** A photo with the limits that its result has to keep. */
export interface BoundedPhoto {
  readonly name: string;
  readonly checks: readonly Check[];
  readonly open: () => Promise<Picture> | Picture;
}

/**
 * A test for each limit of a photo. Those of `expectedFailures` have to fail: a test that no longer does says so. The
 * photo is lit before them, so that an error there counts as no expected failure.
 */
export function holdBounds({ name, checks, open }: BoundedPhoto, enhancer: () => Enhancer): void {
  describe(name, () => {
    let findings: readonly Finding[];
    beforeAll(async () => {
      const before = await open();
      findings = measureScene(checks, before, await enhanceAtAuto(enhancer(), before));
    });
    for (const [index, check] of checks.entries()) {
      const expected = expectedFailures.includes(`${name}: ${check.name}`) ? test.fails : test;
      expected(`${check.name}: ${limitOf(check)}`, () => {
        const { value, holds } = findings[index];
        expect(holds, `${name}: ${check.name} is ${value.toFixed(2)}, which has to be ${limitOf(check)}`).toBe(true);
      });
    }
  });
}
