/** Width of a line, in characters: that of this repository's formatter, so that formatting changes nothing. */
const lineWidth = 120;

/**
 * Formats plain data as JSON for people: objects have one field a line, short arrays are one line, long arrays of
 * numbers fill lines. Ends with a line break.
 */
export function formatJson(value: object): string {
  return `${format(value, "", 0)}\n`;
}

/** @param besides characters of the line beside the value and its indentation: its name, and the comma behind it. */
function format(value: unknown, indent: string, besides: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (!Array.isArray(value)) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    if (fields.length === 0) return "{}";
    const lines = fields.map(([name, field], i) => {
      const key = `${JSON.stringify(name)}: `;
      const comma = i < fields.length - 1 ? 1 : 0;
      return `${inner}${key}${format(field, inner, key.length + comma)}`;
    });
    return `{\n${lines.join(",\n")}\n${indent}}`;
  }
  const items = value.map((item) => format(item, inner, 0));
  const line = `[${items.join(", ")}]`;
  if (!line.includes("\n") && indent.length + line.length + besides <= lineWidth) return line;
  const isOfNumbers = value.every((item) => typeof item === "number");
  const lines = isOfNumbers ? fill(items, lineWidth - inner.length) : items;
  return `[\n${lines.map((text) => `${inner}${text}`).join(",\n")}\n${indent}]`;
}

/** Joins items into lines that are as long as the width allows. */
function fill(items: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const [i, item] of items.entries()) {
    const last = lines.at(-1);
    const longer = `${last}, ${item}`;
    const comma = i < items.length - 1 ? 1 : 0;
    if (last !== undefined && longer.length + comma <= width) lines[lines.length - 1] = longer;
    else lines.push(item);
  }
  return lines;
}
