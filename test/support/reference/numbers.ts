/** Float64 numbers with a shape: what the reference computes with, whatever the element type (bool as 0 and 1). */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** Elements to the next position along each axis. */
export function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
}

/** New numbers, each from its position along every axis. */
export function build(shape: readonly number[], each: (position: number[], place: number) => number): Numbers {
  const data = new Float64Array(sizeOf(shape));
  const position = shape.map(() => 0);
  for (let place = 0; place < data.length; place++) {
    data[place] = each(position, place);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position[axis]++;
      if (position[axis] < shape[axis]) break;
      position[axis] = 0;
    }
  }
  return { shape, data };
}

/** The element at a position of a shape that these numbers are repeated to. */
export function broadcastAt({ shape, data }: Numbers, position: readonly number[]): number {
  const outer = position.length - shape.length;
  let place = 0;
  for (let axis = 0; axis < shape.length; axis++) {
    place = place * shape[axis] + (shape[axis] === 1 ? 0 : position[axis + outer]);
  }
  return data[place];
}

/** The element at a position. */
export function at({ shape, data }: Numbers, position: readonly number[]): number {
  let place = 0;
  for (let axis = 0; axis < shape.length; axis++) place = place * shape[axis] + position[axis];
  return data[place];
}

/** Numbers picked at even distances along every axis: element i, j, .. lies at start + i steps[0] + j steps[1] + .. */
export function pick({ data }: Numbers, shape: readonly number[], start: number, steps: readonly number[]): Numbers {
  return build(shape, (position) => {
    let place = start;
    for (let axis = 0; axis < position.length; axis++) place += position[axis] * steps[axis];
    return data[place];
  });
}
