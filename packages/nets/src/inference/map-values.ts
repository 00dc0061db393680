import type { SmallTensor } from "./evaluate.ts";
import type { Operand, Value } from "./plan-run.ts";

/** Reads a map value by value, in the order of planes; a constant is as it is. */
export function readOperand(floats: Float32Array, operand: Operand): SmallTensor {
  if ("values" in operand) return operand;
  const { map, channels } = operand;
  const values = new Float64Array(channels * map.height * map.width);
  forEachValue(operand, (place, i) => {
    values[i] = floats[place];
  });
  return { shape: [1, channels, map.height, map.width], values, isWhole: false };
}

/** Writes a map value by value. */
export function writeValues(floats: Float32Array, to: Value, { values }: SmallTensor): void {
  forEachValue(to, (place, i) => {
    floats[place] = values[i];
  });
}

/** Visits the values of a map in the order of planes. */
function forEachValue({ map, channels }: Value, visit: (place: number, i: number) => void): void {
  let i = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let y = 0; y < map.height; y++) {
      const row = (map.data + y * map.rowBytes) / 4 + channel;
      for (let x = 0; x < map.width; x++) visit(row + x * map.channels, i++);
    }
  }
}
