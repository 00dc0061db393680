import { freeValues } from "@kindling/core/internal";

/** Just below the largest block that glibc takes from memory of its own, 32 MiB with what it adds. */
const blockBytes = 33e6;

let isKept = false;

/**
 * Lets the C library keep freed memory for the next blocks, where it would give those from 128 kB on back to the system at once, and
 * take fresh pages for the next ones. ONNX Runtime copies every result into new memory: fresh pages for that take longer than the
 * copy, and in a virtual machine as long as the network.
 *
 * When a large block is freed, glibc raises its threshold to that block's size (`M_MMAP_THRESHOLD` in mallopt(3)). The block that is
 * freed here was never touched, so it takes no memory. Other C libraries are left as they are.
 */
export function keepFreedMemory(): void {
  // A second block would come from the memory that is kept now, and be touched.
  if (isKept) return;
  isKept = true;
  // Made as a buffer, since the values of a new array are set to 0, which touches them.
  freeValues(new Float32Array(new ArrayBuffer(blockBytes)));
}
