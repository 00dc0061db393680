import { KindlingError } from "../errors.ts";

/** A field of a protobuf message. */
export interface ProtobufField {
  readonly number: number;
  /** Of a number: its value; negative ones are huge, as they are written. Otherwise 0. */
  readonly value: number;
  /** Of a text, message or packed list: its bytes. Otherwise empty. */
  readonly bytes: Uint8Array;
}

const nothing = new Uint8Array(0);

/**
 * Lists the fields of a protobuf message; nothing is copied.
 *
 * @throws {KindlingError} `invalid-model` where the bytes are no such message.
 */
export function protobufFields(message: Uint8Array): ProtobufField[] {
  const fields: ProtobufField[] = [];
  let at = 0;
  const readVarint = () => {
    let value = 0;
    for (let scale = 1, count = 0; count < 10; count++, scale *= 128) {
      const byte = message[at++];
      if (byte === undefined) break;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw malformed();
  };
  const take = (length: number) => {
    if (!(length <= message.length - at)) throw malformed();
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const key = readVarint();
    const number = Math.floor(key / 8);
    const wireType = key % 8;
    if (wireType === 0) fields.push({ number, value: readVarint(), bytes: nothing });
    else if (wireType === 1) fields.push({ number, value: 0, bytes: take(8) });
    else if (wireType === 5) fields.push({ number, value: 0, bytes: take(4) });
    else if (wireType === 2) fields.push({ number, value: 0, bytes: take(readVarint()) });
    else throw malformed();
  }
  return fields;
}

function malformed(): KindlingError {
  return new KindlingError(
    "invalid-model",
    "The model is not an ONNX file, or it is damaged. Install or import it again.",
  );
}
