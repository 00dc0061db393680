/** Transforms complex sequences of one fixed length, in place. */
export interface FourierTransform {
  readonly length: number;
  /** Discrete Fourier transform, exp(-2 pi i j k / n), not scaled; both arrays hold `length` values. */
  readonly transform: (real: Float64Array, imaginary: Float64Array) => void;
}

/** Longest side whose transform is summed factor by factor; larger prime factors go through a convolution. */
const largestFactor = 13;

/**
 * The discrete Fourier transform of any length from 1, in double precision.
 *
 * Lengths without a prime factor above 13 are transformed factor by factor (Stockham's self-sorting form), all others
 * as a convolution of a length that has none (Bluestein 1970).
 */
export function fourierTransform(length: number): FourierTransform {
  const factors = factorsOf(length);
  return Math.max(...factors) <= largestFactor ? mixedRadix(length, factors) : bluestein(length);
}

/** Prime factors, pairs of twos taken as fours; [1] for 1. */
function factorsOf(length: number): number[] {
  const factors: number[] = [];
  let rest = length;
  for (let factor = 4; rest > 1; ) {
    if (rest % factor === 0) {
      factors.push(factor);
      rest /= factor;
    } else factor = factor === 4 ? 2 : factor === 2 ? 3 : factor + 2;
  }
  return factors.length > 0 ? factors : [1];
}

function mixedRadix(length: number, factors: readonly number[]): FourierTransform {
  const cosines = Float64Array.from({ length }, (_, k) => Math.cos((2 * Math.PI * k) / length));
  const sines = Float64Array.from({ length }, (_, k) => -Math.sin((2 * Math.PI * k) / length));
  const spareReal = new Float64Array(length);
  const spareImaginary = new Float64Array(length);
  return {
    length,
    transform(real, imaginary) {
      let from: readonly [Float64Array, Float64Array] = [real, imaginary];
      let to: readonly [Float64Array, Float64Array] = [spareReal, spareImaginary];
      let done = 1;
      for (const factor of factors) {
        const pass = factor === 4 ? passOfFour : passOfAny;
        pass(factor, done, from[0], from[1], to[0], to[1]);
        [from, to] = [to, from];
        done *= factor;
      }
      if (from[0] !== real) {
        real.set(from[0]);
        imaginary.set(from[1]);
      }
    },
  };

  /** As `passOfAny` for the factor 4, whose roots of unity are 1, -i, -1 and i: a quarter of the products. */
  function passOfFour(
    _factor: number,
    done: number,
    real: Float64Array,
    imaginary: Float64Array,
    outReal: Float64Array,
    outImaginary: Float64Array,
  ): void {
    const blocks = length / (4 * done);
    const quarter = length / 4;
    for (let k = 0; k < done; k++) {
      const c1 = cosines[k * blocks];
      const s1 = sines[k * blocks];
      const c2 = cosines[2 * k * blocks];
      const s2 = sines[2 * k * blocks];
      const c3 = cosines[3 * k * blocks];
      const s3 = sines[3 * k * blocks];
      for (let block = 0; block < blocks; block++) {
        const i0 = block * done + k;
        const i1 = i0 + quarter;
        const i2 = i1 + quarter;
        const i3 = i2 + quarter;
        const re1 = real[i1] * c1 - imaginary[i1] * s1;
        const im1 = real[i1] * s1 + imaginary[i1] * c1;
        const re2 = real[i2] * c2 - imaginary[i2] * s2;
        const im2 = real[i2] * s2 + imaginary[i2] * c2;
        const re3 = real[i3] * c3 - imaginary[i3] * s3;
        const im3 = real[i3] * s3 + imaginary[i3] * c3;
        const evenRe = real[i0] + re2;
        const evenIm = imaginary[i0] + im2;
        const oddRe = re1 + re3;
        const oddIm = im1 + im3;
        const turnedRe = real[i0] - re2;
        const turnedIm = imaginary[i0] - im2;
        const acrossRe = re1 - re3;
        const acrossIm = im1 - im3;
        const o = 4 * block * done + k;
        outReal[o] = evenRe + oddRe;
        outImaginary[o] = evenIm + oddIm;
        outReal[o + done] = turnedRe + acrossIm;
        outImaginary[o + done] = turnedIm - acrossRe;
        outReal[o + 2 * done] = evenRe - oddRe;
        outImaginary[o + 2 * done] = evenIm - oddIm;
        outReal[o + 3 * done] = turnedRe - acrossIm;
        outImaginary[o + 3 * done] = turnedIm + acrossRe;
      }
    }
  }

  /** Joins `factor` transforms of `done` values each into one, everywhere in the array. */
  function passOfAny(
    factor: number,
    done: number,
    real: Float64Array,
    imaginary: Float64Array,
    outReal: Float64Array,
    outImaginary: Float64Array,
  ): void {
    const joined = done * factor;
    const blocks = length / joined;
    const turn = length / joined;
    for (let block = 0; block < blocks; block++) {
      for (let k = 0; k < joined; k++) {
        const source = block * done + (k % done);
        const angle = turn * k;
        let sumReal = 0;
        let sumImaginary = 0;
        let at = 0;
        for (let j = 0; j < factor; j++) {
          const index = source + j * blocks * done;
          sumReal += real[index] * cosines[at] - imaginary[index] * sines[at];
          sumImaginary += real[index] * sines[at] + imaginary[index] * cosines[at];
          at += angle;
          if (at >= length) at -= length;
        }
        outReal[block * joined + k] = sumReal;
        outImaginary[block * joined + k] = sumImaginary;
      }
    }
  }
}

function bluestein(length: number): FourierTransform {
  const padded = 2 ** Math.ceil(Math.log2(2 * length - 1));
  const inner = fourierTransform(padded);
  // k^2 modulo 2n keeps the angles exact for long sequences.
  const angle = (k: number) => (Math.PI * ((k * k) % (2 * length))) / length;
  const cosines = Float64Array.from({ length }, (_, k) => Math.cos(angle(k)));
  const sines = Float64Array.from({ length }, (_, k) => Math.sin(angle(k)));
  const kernelReal = new Float64Array(padded);
  const kernelImaginary = new Float64Array(padded);
  for (let k = 0; k < length; k++) {
    kernelReal[k] = kernelReal[(padded - k) % padded] = cosines[k];
    kernelImaginary[k] = kernelImaginary[(padded - k) % padded] = sines[k];
  }
  inner.transform(kernelReal, kernelImaginary);
  const workReal = new Float64Array(padded);
  const workImaginary = new Float64Array(padded);
  return {
    length,
    transform(real, imaginary) {
      workReal.fill(0);
      workImaginary.fill(0);
      for (let k = 0; k < length; k++) {
        workReal[k] = real[k] * cosines[k] + imaginary[k] * sines[k];
        workImaginary[k] = imaginary[k] * cosines[k] - real[k] * sines[k];
      }
      inner.transform(workReal, workImaginary);
      for (let k = 0; k < padded; k++) {
        const product = workReal[k] * kernelReal[k] - workImaginary[k] * kernelImaginary[k];
        // Conjugated, so that the forward transform below undoes the one above.
        workImaginary[k] = -(workReal[k] * kernelImaginary[k] + workImaginary[k] * kernelReal[k]);
        workReal[k] = product;
      }
      inner.transform(workReal, workImaginary);
      for (let k = 0; k < length; k++) {
        const re = workReal[k] / padded;
        const im = -workImaginary[k] / padded;
        real[k] = re * cosines[k] + im * sines[k];
        imaginary[k] = im * cosines[k] - re * sines[k];
      }
    },
  };
}
