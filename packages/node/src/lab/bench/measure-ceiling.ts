import type { Device } from "@kindling/core";
import { createGraph, encodeOnnx, initialise, input, matMul } from "@kindling/nets";
import { openSession } from "../../runtime/session.ts";

/** Side of the matrices: large enough that arithmetic counts, not memory. */
const side = 1024;

/** Products after the first, which pays for memory. */
const times = 10;

/**
 * Measures the fastest product of two square matrices by ONNX Runtime: what a network could reach if it were one.
 *
 * @returns multiply-accumulates a second.
 */
export async function measureCeiling(device: Device, threads: number): Promise<number> {
  const [a, b] = [input("a", [side, side]), input("b", [side, side])];
  const graph = createGraph("product", [a, b], { product: matMul(a, b) });
  const session = await openSession(encodeOnnx(graph, initialise(graph, 1)), { device, threads });
  const matrix = { shape: [side, side], values: new Float32Array(side * side).fill(0.5) };
  let leastMs = Number.POSITIVE_INFINITY;
  for (let i = 0; i <= times; i++) {
    const startedAt = performance.now();
    await session.run({ a: matrix, b: matrix });
    if (i > 0) leastMs = Math.min(leastMs, performance.now() - startedAt);
  }
  await session.dispose();
  return (side ** 3 / leastMs) * 1000;
}
