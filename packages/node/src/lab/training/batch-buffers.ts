import type { ModelTensors } from "@kindling/core";

/** Lists the memory of a batch, to transfer it to another thread without a copy. */
export function batchBuffers(batch: ModelTensors): ArrayBuffer[] {
  return Object.values(batch).flatMap(({ values }) => (values.buffer instanceof ArrayBuffer ? [values.buffer] : []));
}
