/** Spreadsheets take a cell that begins like this for a formula, and run it. */
const formula = /^[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/;

/** Makes a cell of text harmless in spreadsheets: an apostrophe goes before what would be a formula. Numbers stay. */
export function escapeFormula(cell: string): string {
  return formula.test(cell) && Number.isNaN(Number(cell)) ? `'${cell}` : cell;
}

/** The text that `escapeFormula` made a cell of. */
export function unescapeFormula(cell: string): string {
  return cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
}
