import type { Refuse } from "./allocation-budget.ts";

/** Reads little-endian values one after another and refuses to read beyond the end. */
export class ByteCursor {
  readonly bytes: Uint8Array;
  readonly refuse: Refuse;
  offset = 0;
  readonly #view: DataView;
  readonly #utf8 = new TextDecoder("utf-8", { fatal: true });

  /** @param refuse makes the error of the file that the bytes are part of. */
  constructor(bytes: Uint8Array, refuse: Refuse) {
    this.bytes = bytes;
    this.refuse = refuse;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get left(): number {
    return this.bytes.length - this.offset;
  }

  /** Steps over `count` bytes and gives where they began. */
  skip(count: number): number {
    if (!(count >= 0 && count <= this.left)) {
      throw this.refuse(`it ends early: ${count} bytes are expected at byte ${this.offset} and ${this.left} are left`);
    }
    const begin = this.offset;
    this.offset += count;
    return begin;
  }

  uint8(): number {
    return this.bytes[this.skip(1)];
  }

  uint16(): number {
    return this.#view.getUint16(this.skip(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.skip(4), true);
  }

  int32(): number {
    return this.#view.getInt32(this.skip(4), true);
  }

  /** An unsigned 64-bit integer as a double; inexact above 2^53, where no length or offset is valid anyway. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.skip(8), true));
  }

  /** A big-endian double, the one value that pickles store in that order. */
  float64BigEndian(): number {
    return this.#view.getFloat64(this.skip(8), false);
  }

  /** A base-128 varint of at most 64 bits; inexact above 2^53, where no length or offset is valid anyway. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.uint8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw this.refuse(`the number at byte ${this.offset - 10} has no end`);
  }

  /** The next `count` bytes, as a view. */
  take(count: number): Uint8Array {
    const begin = this.skip(count);
    return this.bytes.subarray(begin, begin + count);
  }

  /** The next `count` bytes as UTF-8. */
  text(count: number): string {
    return this.#decode(this.take(count));
  }

  /** The UTF-8 text up to the next line feed, which is stepped over. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.offset);
    const line = this.text((end < 0 ? this.bytes.length + 1 : end) - this.offset);
    this.skip(1);
    return line;
  }

  #decode(bytes: Uint8Array): string {
    try {
      return this.#utf8.decode(bytes);
    } catch (cause) {
      throw this.refuse(`the text before byte ${this.offset} is not UTF-8`, { cause });
    }
  }
}
