/** Bytes of a protobuf message: fields by number, each a whole number, text, bytes, or several of these. */
export function message(
  ...fields: readonly (readonly [number: number, value: number | string | Uint8Array])[]
): Uint8Array {
  return Buffer.concat(
    fields.flatMap(([number, value]) => {
      if (typeof value === "number") return [varint(number * 8), varint(value)];
      const bytes = Buffer.from(value as Uint8Array);
      return [varint(number * 8 + 2), varint(bytes.length), bytes];
    }),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    bytes.push(Number(rest & 127n) | (rest > 127n ? 128 : 0));
    if (rest <= 127n) return Buffer.from(bytes);
  }
}

const float = 1;
const int64 = 7;
const bool = 9;

/** A port of a graph: a float picture unless it has another type and shape. */
export function port(name: string, type = float, shape: readonly (number | string)[] = [1, 3, "h", "w"]): Uint8Array {
  const sides = shape.map((side) => [1, message(typeof side === "number" ? [1, side] : [2, side])] as const);
  return message([1, name], [2, message([1, message([1, type], [2, message(...sides)])])]);
}

export function node(
  type: string,
  inputs: readonly string[],
  outputs: readonly string[],
  ...attributes: readonly Uint8Array[]
): Uint8Array {
  return message(
    ...inputs.map((name) => [1, name] as const),
    ...outputs.map((name) => [2, name] as const),
    [4, type],
    ...attributes.map((attribute) => [5, attribute] as const),
  );
}

export function tensor(name: string, type: number, sides: readonly number[], raw: Uint8Array): Uint8Array {
  return message(...sides.map((side) => [1, side] as const), [2, type], [8, name], [9, raw]);
}

/** A model from `image` to `enhanced`, of these nodes and initial values. */
export function model(
  nodes: readonly Uint8Array[],
  tensors: readonly Uint8Array[] = [],
  input = port("image"),
  opset = 17,
): Uint8Array {
  const graph = message(
    ...nodes.map((bytes) => [1, bytes] as const),
    [2, "hostile"],
    ...tensors.map((bytes) => [5, bytes] as const),
    [11, input],
    [12, port("enhanced")],
  );
  return message([1, 8], [7, graph], [8, message([1, ""], [2, opset])]);
}

const most = Buffer.alloc(8, 0xff);
most[7] = 0x7f;

/** A model that runs for ever: a loop whose condition stays true, as many times as a number can say. */
function endlessModel(): Uint8Array {
  const body = message(
    [1, node("Identity", ["go"], ["go_on"])],
    [1, node("Identity", ["picture"], ["next"])],
    [2, "body"],
    [11, port("i", int64, [])],
    [11, port("go", bool, [])],
    [11, port("picture")],
    [12, port("go_on", bool, [])],
    [12, port("next")],
  );
  const loop = node("Loop", ["count", "true", "image"], ["enhanced"], message([1, "body"], [6, body], [20, 5]));
  return model([loop], [tensor("count", int64, [], most), tensor("true", bool, [], Uint8Array.of(1))]);
}

/** A model that multiplies the picture with one number. */
export function scalingModel(factor: number): Uint8Array {
  const value = Buffer.alloc(4);
  value.writeFloatLE(factor);
  return model([node("Mul", ["image", "factor"], ["enhanced"])], [tensor("factor", float, [], value)]);
}

/** Models that could do harm, by what they try. */
export const hostileModels: Readonly<Record<string, () => Uint8Array>> = {
  "control flow": endlessModel,
  "weights of these sides": () =>
    model(
      [node("Mul", ["image", "factor"], ["enhanced"])],
      [tensor("factor", float, [2 ** 31, 2 ** 31], Buffer.alloc(4))],
    ),
  "a negative side": () =>
    model([node("Mul", ["image", "factor"], ["enhanced"])], [tensor("factor", float, [-1], Buffer.alloc(4))]),
  "weights that are no numbers": () => scalingModel(Number.NaN),
  "weights in another file": () => {
    const outside = message(
      [1, 1],
      [2, float],
      [8, "factor"],
      [13, message([1, "location"], [2, "/etc/passwd"])],
      [14, 1],
    );
    return model([node("Mul", ["image", "factor"], ["enhanced"])], [outside]);
  },
  "an input of absurd sides": () =>
    model([node("Identity", ["image"], ["enhanced"])], [], port("image", float, [1, 3, 2 ** 40, 2 ** 40])),
  "an output of another size": () =>
    model([node("Concat", ["image", "image"], ["enhanced"], message([1, "axis"], [3, 1], [20, 2]))]),
  "results that are no numbers": () =>
    model(
      [node("Div", ["image", "zero"], ["infinite"]), node("Mul", ["infinite", "zero"], ["enhanced"])],
      [tensor("zero", float, [], Buffer.alloc(4))],
    ),
  "an unknown operator": () => model([node("Ruin", ["image"], ["enhanced"])]),
  "no graph": () => message([1, 8]),
  text: () => Buffer.from("This is no model."),
  nothing: () => new Uint8Array(0),
};
