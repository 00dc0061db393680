import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { describe, expect, it } from "vitest";
import { expectInvalidModel, expectSafeOnDamage } from "../../../../test/support/hostile-bytes.ts";
import { joined } from "../../../../test/support/pickle-writer.ts";
import { maskedCrc32c } from "./crc32c.ts";
import { readTensorflowBundle } from "./tensorflow-bundle.ts";

type Entries = [name: string, value: Uint8Array][];

const header = ({ shards = 1, endianness = 0 } = {}): Uint8Array =>
  new BinaryWriter().uint32(8).int32(shards).uint32(16).int32(endianness).finish();

interface EntryFields {
  dtype?: number;
  shape?: number[];
  shard?: number;
  offset?: number;
  size?: number;
  crc?: number;
  slice?: boolean;
}

function entry({
  dtype = 1,
  shape = [],
  shard = 0,
  offset = 0,
  size = 0,
  crc = 0,
  slice = false,
}: EntryFields): Uint8Array {
  const writer = new BinaryWriter().uint32(8).int32(dtype).uint32(18).fork();
  for (const side of shape) writer.uint32(18).fork().uint32(8).int64(side).join();
  writer.join().uint32(24).int32(shard).uint32(32).int64(offset).uint32(40).int64(size).uint32(53).fixed32(crc);
  if (slice) writer.uint32(58).bytes(Uint8Array.of(10, 0));
  return writer.finish();
}

const varint = (value: number): Uint8Array => new BinaryWriter().uint32(value).finish();
const uint32 = (value: number): Uint8Array => new Uint8Array(Uint32Array.of(value).buffer);

/** One block with prefix-compressed keys and one restart point. */
function block(entries: Entries): Uint8Array {
  const parts: Uint8Array[] = [];
  let previous = "";
  for (const [name, value] of entries) {
    let shared = 0;
    while (shared < name.length && name[shared] === previous[shared]) shared++;
    const rest = new TextEncoder().encode(name.slice(shared));
    parts.push(varint(shared), varint(rest.length), varint(value.length), rest, value);
    previous = name;
  }
  return joined([...parts, uint32(0), uint32(1)]);
}

/** A table of the given data blocks; `pack` makes the stored form of each and its compression number. */
function table(blocks: Entries[], pack: (block: Uint8Array) => [Uint8Array, number] = (raw) => [raw, 0]): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  const add = (raw: Uint8Array): Uint8Array => {
    const [stored, compression] = pack(raw);
    const checked = joined([stored, Uint8Array.of(compression)]);
    parts.push(checked, uint32(maskedCrc32c(checked)));
    const handle = joined([varint(at), varint(stored.length)]);
    at += stored.length + 5;
    return handle;
  };
  const index = add(block(blocks.map((entries) => [entries.at(-1)![0], add(block(entries))])));
  const handles = joined([varint(0), varint(0), index]);
  const magic = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];
  return joined([...parts, handles, new Uint8Array(40 - handles.length), Uint8Array.from(magic)]);
}

/** Raw Snappy that only has literals. */
function snappyLiterals(raw: Uint8Array): [Uint8Array, number] {
  const chunks: Uint8Array[] = [varint(raw.length)];
  for (let at = 0; at < raw.length; at += 60) {
    const literal = raw.subarray(at, at + 60);
    chunks.push(Uint8Array.of((literal.length - 1) << 2), literal);
  }
  return [joined(chunks), 1];
}

const shard: Uint8Array = new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer);
const kernel = entry({ shape: [2, 2], size: 16, crc: maskedCrc32c(shard.subarray(0, 16)) });
const bias = entry({ shape: [2], offset: 16, size: 8, crc: maskedCrc32c(shard.subarray(16)) });
const entries: Entries = [
  ["", header()],
  ["net/conv/bias", bias],
  ["net/conv/kernel", kernel],
];
const read = (index: Uint8Array, shards: Uint8Array[] = [shard]) => readTensorflowBundle({ index, shards }, "x.index");
const readEntry = (fields: EntryFields) =>
  read(
    table([
      [
        ["", header()],
        ["w", entry(fields)],
      ],
    ]),
  );

describe("readTensorflowBundle", () => {
  it.each([
    ["one block", table([entries])],
    ["a block for each entry", table(entries.map((one) => [one]))],
    ["Snappy blocks", table([entries], snappyLiterals)],
  ])("reads names, shapes and values from an index of %s", (_, index) => {
    expect(read(index)).toEqual(
      new Map([
        ["net/conv/bias", { shape: [2], values: Float32Array.of(5, 6) }],
        ["net/conv/kernel", { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }],
      ]),
    );
  });

  it("reads from several data files, and leaves text out", () => {
    const second: Uint8Array = new Uint8Array(BigInt64Array.of(-7n).buffer);
    const index = table([
      [
        ["", header({ shards: 2 })],
        ["_CHECKPOINTABLE_OBJECT_GRAPH", entry({ dtype: 7, size: 3 })],
        ["global_step", entry({ dtype: 9, shard: 1, size: 8, crc: maskedCrc32c(second) })],
        ["net/conv/kernel", kernel],
      ],
    ]);
    const tensors = read(index, [shard, second]);
    expect(tensors.get("global_step")).toEqual({ shape: [], values: Float64Array.of(-7) });
    expect([...tensors.keys()]).toEqual(["global_step", "net/conv/kernel"]);
  });

  it.each([
    ["an index without the magic number", () => read(new Uint8Array(60)), /magic number/],
    ["an empty index", () => read(table([])), /index is empty/],
    ["an index without a header", () => read(table([entries.slice(1)])), /not begin with a header/],
    ["a big-endian bundle", () => read(table([[["", header({ endianness: 1 })]]])), /big-endian/],
    ["a missing data file", () => read(table([entries]), []), /names 1 data files .* and 0 were given/],
    [
      "a block that does not match its checksum",
      () => read(table([entries]).with(3, 0xee)),
      /does not match its checksum/,
    ],
    [
      "a tensor that does not match its checksum",
      () => read(table([entries]), [shard.with(20, 1)]),
      /net\/conv\/bias does not match/,
    ],
    ["a truncated data file", () => read(table([entries]), [shard.slice(0, 20)]), /data file of 20/],
    ["an unknown compression", () => read(table([entries], (raw) => [raw, 2])), /compression 2/],
    ["a partitioned variable", () => readEntry({ slice: true, size: 4 }), /partitioned/],
    ["an unknown type", () => readEntry({ dtype: 8, size: 8 }), /type 8/],
    ["a data file that is not there", () => readEntry({ shard: 3, size: 4 }), /data file 3 of 1/],
    ["a negative dimension", () => readEntry({ shape: [-1, -4], size: 16 }), /does not fill/],
    ["a negative offset", () => readEntry({ shape: [1], size: 4, offset: -4 }), /bytes -4/],
    ["a hundred gigabytes", () => readEntry({ shape: [25e9], size: 1e11 }), /data file of 24/],
    [
      "a malformed entry",
      () =>
        read(
          table([
            [
              ["", header()],
              ["w", Uint8Array.of(0x12, 0x7f)],
            ],
          ]),
        ),
      /entry of w is malformed/,
    ],
    ["a key longer than the one it extends", () => read(withLongKeys()), /shares more bytes/],
  ])("refuses %s", (_, call, reason) => {
    expectInvalidModel(call, reason);
  });

  it("refuses thousands of entries for the same bytes, and of keys that repeat a long one", () => {
    const large = new Uint8Array(4e6);
    const same = entry({ shape: [1e6], size: 4e6, crc: maskedCrc32c(large) });
    const names = Array.from({ length: 60 }, (_, i) => `w${String(i).padStart(3, "0")}`);
    const index = table([[["", header()], ...names.map((name): Entries[number] => [name, same])]]);
    expectInvalidModel(() => read(index, [large]), /more memory than a file/);
    const long = "k".repeat(30_000);
    const tiny = entry({ size: 4, shape: [1], crc: maskedCrc32c(shard.subarray(0, 4)) });
    const keys = Array.from({ length: 700 }, (_, i): Entries[number] => [long + String(i).padStart(3, "0"), tiny]);
    expectInvalidModel(() => read(table([[["", header()], ...keys]])), /more memory than a file/);
  });

  it("ends in one clear error when its index or data file is damaged", () => {
    const index = table([entries]);
    expectSafeOnDamage(index, (damaged) => read(damaged));
    expectSafeOnDamage(shard, (damaged) => read(index, [damaged]));
  });

  it("ends in one clear error when an index is hostile although its checksums are right", () => {
    const raw = block(entries);
    expectSafeOnDamage(raw, (damaged) => {
      const stored = [damaged]; // The data block comes first, then the index.
      return read(table([entries], (part) => [stored.pop() ?? part, 0]));
    });
    expectSafeOnDamage(kernel, (damaged) =>
      read(
        table([
          [
            ["", header()],
            ["w", damaged],
          ],
        ]),
      ),
    );
  });
});

function withLongKeys(): Uint8Array {
  const raw = joined([Uint8Array.of(9, 0, 0), uint32(0), uint32(1)]);
  return table([entries], (part) => [part.length > 40 ? raw : part, 0]);
}
