import { type Dimension, floorDivide, freeDimension, maxTextLength, plus, smaller, times } from "./dimension.ts";

/**
 * Reads a length as `format` writes it, so that lengths of a file's inputs stay related: `2*rows` is half of `4*rows`. What
 * is no such expression is the name of a free dimension.
 */
export function readDimension(text: string): Dimension {
  const tokens = text.match(/floor\(\(|\)\/\d+\)|min\(|[A-Za-z_][\w.]*|\d+|, |[-+*)]/g) ?? [];
  if (text.length > maxTextLength || tokens.join("") !== text) return freeDimension(text);
  let at = 0;
  const take = (wanted: RegExp) => (wanted.test(tokens[at] ?? "") ? tokens[at++] : undefined);
  const factor = (): Dimension | undefined => {
    const number = take(/^\d+$/);
    if (number) return Number(number);
    if (take(/^floor\(\($/)) {
      const of = sum();
      const by = Number(take(/^\)\//)?.slice(2, -1));
      return of !== undefined && by >= 1 ? floorDivide(of, by) : undefined;
    }
    if (take(/^min\($/)) {
      const a = sum();
      const b = take(/^, $/) ? sum() : undefined;
      return a !== undefined && b !== undefined && take(/^\)$/) ? smaller(a, b) : undefined;
    }
    const name = take(/^[A-Za-z_]/);
    return name === undefined ? undefined : freeDimension(name);
  };
  const term = (): Dimension | undefined => {
    let value = factor();
    while (value !== undefined && take(/^\*$/)) {
      const next = factor();
      value = next === undefined ? undefined : times(value, next);
    }
    return value;
  };
  const sum = (): Dimension | undefined => {
    let sign = take(/^-$/) ? -1 : 1;
    let total: Dimension = 0;
    for (;;) {
      const next = term();
      if (next === undefined) return undefined;
      total = plus(total, times(sign, next));
      const operator = take(/^[-+]$/);
      if (!operator) return total;
      sign = operator === "-" ? -1 : 1;
    }
  };
  const read = sum();
  return read !== undefined && at === tokens.length ? read : freeDimension(text);
}
