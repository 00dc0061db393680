import { KindlingError } from "@kindling/core";
import fc from "fast-check";
import { expect } from "vitest";

/** Expects the call to throw KindlingError `invalid-model`, with a reason in its message. */
export function expectInvalidModel(call: () => unknown, reason: RegExp): void {
  let thrown: unknown;
  try {
    call();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(KindlingError);
  expect((thrown as KindlingError).code).toBe("invalid-model");
  expect((thrown as KindlingError).message).toMatch(reason);
}

/**
 * Expects that a reader of a damaged file either succeeds or throws KindlingError `invalid-model`, and nothing else,
 * quickly: truncations at every kind of place, flipped bits, overwritten runs and random bytes after the first `kept`.
 */
export function expectSafeOnDamage(file: Uint8Array, read: (damaged: Uint8Array) => unknown, kept = 0): void {
  const position = fc.integer({ min: 0, max: file.length - 1 });
  const truncated = position.map((end) => file.slice(0, end));
  const flipped = fc
    .array(fc.tuple(position, fc.integer({ min: 0, max: 7 })), { minLength: 1, maxLength: 4 })
    .map((bits) => {
      const damaged = file.slice();
      for (const [at, bit] of bits) damaged[at] ^= 1 << bit;
      return damaged;
    });
  const overwritten = fc.tuple(position, fc.uint8Array({ minLength: 1, maxLength: 12 })).map(([at, run]) => {
    const damaged = file.slice();
    damaged.set(run.subarray(0, file.length - at), at);
    return damaged;
  });
  const random = fc
    .uint8Array({ maxLength: 300 })
    .map((bytes) => Uint8Array.from([...file.subarray(0, kept), ...bytes]));
  fc.assert(
    fc.property(fc.oneof(truncated, flipped, overwritten, random), (damaged) => {
      try {
        read(damaged);
      } catch (error) {
        if (!(error instanceof KindlingError)) throw error;
        expect(error.code).toBe("invalid-model");
      }
    }),
    { numRuns: 1000, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: true },
  );
}
