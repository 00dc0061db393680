import type { ModelTensor } from "@kindling/core";
import type { StoredTensor } from "@kindling/nets";

/** SqueezeNet 1.1 up to fire9 as plain loops: what LPIPS is tapped from. Slow, and independent of any runtime. */
export function squeezeNetTaps(input: ModelTensor, tensors: ReadonlyMap<string, StoredTensor>): ModelTensor[] {
  const layer = (name: string) => {
    const [weight, bias] = ["weight", "bias"].map((part) => tensors.get(`squeezenet.${name}.${part}`));
    if (!weight || !bias) throw new Error(`no weights of ${name}`);
    return { weight, bias };
  };
  const fire = (map: ModelTensor, name: string) => {
    const squeezed = convolve(map, layer(`${name}/squeeze1x1`));
    return stacked(
      convolve(squeezed, layer(`${name}/expand1x1`)),
      convolve(squeezed, layer(`${name}/expand3x3`), { padding: 1 }),
    );
  };
  const conv1 = convolve(input, layer("conv1"), { stride: 2 });
  const fire3 = fire(fire(maxPool(conv1), "fire2"), "fire3");
  const fire5 = fire(fire(maxPool(fire3), "fire4"), "fire5");
  const fire6 = fire(maxPool(fire5), "fire6");
  const fire7 = fire(fire6, "fire7");
  const fire8 = fire(fire7, "fire8");
  return [conv1, fire3, fire5, fire6, fire7, fire8, fire(fire8, "fire9")];
}

/** A convolution and ReLU. */
function convolve(
  { shape, values }: ModelTensor,
  { weight, bias }: { weight: StoredTensor; bias: StoredTensor },
  { stride = 1, padding = 0 } = {},
): ModelTensor {
  const [, inputs, height, width] = shape;
  const [outputs, , side] = weight.shape;
  const [rows, columns] = [height, width].map((size) => Math.floor((size + 2 * padding - side) / stride) + 1);
  const result = new Float32Array(outputs * rows * columns);
  const sums = new Float64Array(rows * columns);
  for (let o = 0; o < outputs; o++) {
    sums.fill(bias.values[o]);
    for (let i = 0; i < inputs; i++) {
      for (let ky = 0; ky < side; ky++) {
        for (let kx = 0; kx < side; kx++) {
          const w = weight.values[((o * inputs + i) * side + ky) * side + kx];
          for (let y = 0; y < rows; y++) {
            const sourceRow = y * stride - padding + ky;
            if (sourceRow < 0 || sourceRow >= height) continue;
            for (let x = 0; x < columns; x++) {
              const sourceColumn = x * stride - padding + kx;
              if (sourceColumn < 0 || sourceColumn >= width) continue;
              sums[y * columns + x] += w * values[(i * height + sourceRow) * width + sourceColumn];
            }
          }
        }
      }
    }
    for (let p = 0; p < sums.length; p++) result[o * sums.length + p] = Math.max(0, sums[p]);
  }
  return { shape: [1, outputs, rows, columns], values: result };
}

/** 3x3 with stride 2; a window that hangs over the right or bottom border counts (ceil mode). */
function maxPool({ shape, values }: ModelTensor): ModelTensor {
  const [, channels, height, width] = shape;
  const [rows, columns] = [height, width].map((size) => Math.ceil((size - 3) / 2) + 1);
  const result = new Float32Array(channels * rows * columns).fill(Number.NEGATIVE_INFINITY);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        const at = (c * rows + y) * columns + x;
        for (let sy = 2 * y; sy < Math.min(height, 2 * y + 3); sy++) {
          for (let sx = 2 * x; sx < Math.min(width, 2 * x + 3); sx++) {
            result[at] = Math.max(result[at], values[(c * height + sy) * width + sx]);
          }
        }
      }
    }
  }
  return { shape: [1, channels, rows, columns], values: result };
}

function stacked(a: ModelTensor, b: ModelTensor): ModelTensor {
  const [, channels, height, width] = a.shape;
  return { shape: [1, channels + b.shape[1], height, width], values: Float32Array.from([...a.values, ...b.values]) };
}
