// Raw frames with their times, in the one container that ffmpeg reads from a pipe and that takes a page to write.
// Source: RFC 9559 (Matroska), RFC 8794 (EBML).

/** Nanoseconds of a tick: times are told in microseconds. */
const tickNanoseconds = 1000;

/** Begins a stream of raw frames, RGB of 16 bits a channel. */
export function beginFrames(width: number, height: number): Buffer {
  const header = element("1a45dfa3", [
    element("4286", number(1)),
    element("42f7", number(1)),
    element("42f2", number(4)),
    element("42f3", number(8)),
    element("4282", text("matroska")),
    element("4287", number(4)),
    element("4285", number(2)),
  ]);
  const info = element("1549a966", [
    element("2ad7b1", number(tickNanoseconds)),
    element("4d80", text("kindling")),
    element("5741", text("kindling")),
  ]);
  const picture = element("e0", [
    element("b0", number(width)),
    element("ba", number(height)),
    element("2eb524", Buffer.from([0x52, 0x47, 0x42, 48])),
  ]);
  const track = element("ae", [
    element("d7", number(1)),
    element("73c5", number(1)),
    element("83", number(1)),
    element("9c", number(0)),
    element("86", text("V_UNCOMPRESSED")),
    picture,
  ]);
  // A segment of unknown size: it ends with the pipe.
  const segment = Buffer.from("1853806701ffffffffffffff", "hex");
  return Buffer.concat([header, segment, info, element("1654ae6b", [track])]);
}

/** What comes before the bytes of a frame. @param microseconds its time, 0 or more. */
export function beginFrame(microseconds: number, bytes: number): Buffer {
  const block = Buffer.from([0x81, 0, 0, 0x80]);
  const blockHead = Buffer.concat([Buffer.from("a3", "hex"), size(block.length + bytes), block]);
  const time = element("e7", number(microseconds));
  return Buffer.concat([Buffer.from("1f43b675", "hex"), size(time.length + blockHead.length + bytes), time, blockHead]);
}

function element(id: string, content: Buffer | readonly Buffer[]): Buffer {
  const body = Buffer.isBuffer(content) ? content : Buffer.concat(content);
  return Buffer.concat([Buffer.from(id, "hex"), size(body.length), body]);
}

function size(bytes: number): Buffer {
  const written = Buffer.alloc(8);
  written.writeBigUInt64BE(BigInt(bytes) | (1n << 56n));
  return written;
}

function number(value: number): Buffer {
  const written = Buffer.alloc(8);
  written.writeBigUInt64BE(BigInt(value));
  return written;
}

function text(value: string): Buffer {
  return Buffer.from(value, "ascii");
}
