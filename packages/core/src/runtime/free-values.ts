/** A port whose other end is closed, so that what is sent there is gone at once. */
let nowhere: MessagePort | undefined;

/**
 * Frees the memory of values that nobody reads any more; they are empty afterwards. Of values that share memory with others
 * nothing is freed.
 *
 * V8 collects garbage once what it holds outside its heap has grown by a few times that heap, which is small here: results of a
 * network are the most of it. After every collection it also compiles again what short-lived functions had compiled.
 */
export function freeValues({ buffer, byteLength }: Float32Array): void {
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength !== byteLength) return;
  // Node 20 has no `transfer` yet: there memory that is sent to nobody is freed.
  if (buffer.transfer) buffer.transfer(0);
  else toNowhere().postMessage(undefined, [buffer]);
}

function toNowhere(): MessagePort {
  if (nowhere) return nowhere;
  const { port1, port2 } = new MessageChannel();
  port2.close();
  nowhere = port1;
  return port1;
}
