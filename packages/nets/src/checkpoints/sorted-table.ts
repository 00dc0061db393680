import type { Allocate, Refuse } from "./allocation-budget.ts";
import { ByteCursor } from "./byte-cursor.ts";
import { maskedCrc32c } from "./crc32c.ts";
import { inflateSnappy } from "./snappy.ts";

const footerBytes = 48;
const magic = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];

interface Entry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** Whether the bytes end like a LevelDB table, the format of a TensorFlow bundle's `.index`. */
export function isSortedTable(bytes: Uint8Array): boolean {
  return bytes.length >= footerBytes && magic.every((byte, i) => bytes[bytes.length - 8 + i] === byte);
}

/**
 * Reads the keys and values of a LevelDB table, in file order; keys are UTF-8.
 *
 * Source: `table_format.md` of google/leveldb. Bloom filters, other meta blocks and restart points, which serve only
 * lookups, are skipped.
 *
 * @throws what `refuse` makes, where the footer, a block, its checksum or an entry is damaged.
 */
export function* readSortedTable(
  bytes: Uint8Array,
  allocate: Allocate,
  refuse: Refuse,
): Generator<[string, Uint8Array]> {
  if (!isSortedTable(bytes)) throw refuse("it does not end in the magic number of a LevelDB table");
  const footer = new ByteCursor(bytes.subarray(-footerBytes), refuse);
  readHandle(footer); // The meta index.
  const index = readBlock(bytes, readHandle(footer), allocate, refuse);
  for (const { value: handle } of entriesOf(index, allocate, refuse)) {
    const block = readBlock(bytes, readHandle(new ByteCursor(handle, refuse)), allocate, refuse);
    for (const { key, value } of entriesOf(block, allocate, refuse)) {
      yield [new ByteCursor(key, refuse).text(key.length), value];
    }
  }
}

interface BlockHandle {
  readonly offset: number;
  readonly size: number;
}

function readHandle(cursor: ByteCursor): BlockHandle {
  return { offset: cursor.varint(), size: cursor.varint() };
}

function readBlock(bytes: Uint8Array, { offset, size }: BlockHandle, allocate: Allocate, refuse: Refuse): Uint8Array {
  const cursor = new ByteCursor(bytes, refuse);
  cursor.skip(offset);
  // Not allocated but read: thousands of handles may name the same block.
  allocate(size, "a table block");
  const contents = cursor.take(size);
  const compression = cursor.uint8();
  if (cursor.uint32() !== maskedCrc32c(bytes.subarray(offset, offset + size + 1))) {
    throw refuse(`the table block at byte ${offset} does not match its checksum`);
  }
  if (compression === 0) return contents;
  if (compression === 1) return inflateSnappy(contents, allocate, refuse);
  throw refuse(`a table block has the compression ${compression}; known are 0 (none) and 1 (Snappy)`);
}

function* entriesOf(block: Uint8Array, allocate: Allocate, refuse: Refuse): Generator<Entry> {
  const tail = new ByteCursor(block.subarray(-4), refuse);
  const restartBytes = (tail.uint32() + 1) * 4;
  if (restartBytes > block.length) throw refuse("a table block has more restart points than bytes");
  const cursor = new ByteCursor(block.subarray(0, block.length - restartBytes), refuse);
  let previous = new Uint8Array(0);
  while (cursor.left > 0) {
    const shared = cursor.varint();
    const added = cursor.varint();
    const valueBytes = cursor.varint();
    if (shared > previous.length) throw refuse("a table key shares more bytes than the key before it has");
    allocate(shared + added, "a table key");
    const rest = cursor.take(added);
    const key = new Uint8Array(shared + added);
    key.set(previous.subarray(0, shared));
    key.set(rest, shared);
    yield { key, value: cursor.take(valueBytes) };
    previous = key;
  }
}
