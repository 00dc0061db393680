import type { ModelTensors } from "@kindling/node";

/** The memory of a batch, to be handed from thread to thread without a copy. */
export function batchBuffers(batch: ModelTensors): ArrayBuffer[] {
  return Object.values(batch).flatMap(({ values }) => (values.buffer instanceof ArrayBuffer ? [values.buffer] : []));
}
