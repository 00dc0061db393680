/** Nobody reads what is sent to it, so that what is moved there is freed. */
const nowhere = closedPort();

/**
 * Frees the memory of values at once, not whenever garbage is collected next: V8 collects late what lies outside of its heap.
 * Afterwards they are empty. Values that are part of a larger buffer stay.
 *
 * @example
 * freeValues(replaced.values);
 */
export function freeValues(values: Float32Array): void {
  const { buffer } = values;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === values.byteLength)
    nowhere.postMessage(undefined, [buffer]);
}

function closedPort(): MessagePort {
  const { port1 } = new MessageChannel();
  port1.close();
  return port1;
}
