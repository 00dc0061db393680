/** Width over height by its number. Source: ISO/IEC 18181-1, annex D. */
const ratios = [
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
] as const;

/** Reads the size (px) at the beginning of a JPEG XL code stream; nothing if it is none or cut short. */
export function readJxlSize(stream: Uint8Array): { width: number; height: number } | undefined {
  if (stream[0] !== 0xff || stream[1] !== 0x0a || stream.length < 12) return undefined;
  let at = 16;
  /** The next bits, the lowest first. */
  const read = (count: number) => {
    let value = 0;
    for (let i = 0; i < count; i++, at++) value += ((stream[at >> 3]! >> (at & 7)) & 1) * 2 ** i;
    return value;
  };
  const isSmall = read(1) === 1;
  const readSide = () => (isSmall ? 8 * (1 + read(5)) : 1 + read([9, 13, 18, 30][read(2)]!));
  const height = readSide();
  const ratio = ratios[read(3) - 1];
  return { width: ratio ? Math.floor((height * ratio[0]) / ratio[1]) : readSide(), height };
}
