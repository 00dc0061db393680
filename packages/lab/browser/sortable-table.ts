// Sorts a table by the column whose heading is pressed; pressed again, the other way round.
export {};

for (const table of document.querySelectorAll<HTMLTableElement>("table.sortable")) {
  const headings = [...table.querySelectorAll<HTMLTableCellElement>("thead tr:last-child th")];
  for (const [column, heading] of headings.entries()) {
    heading.querySelector("button")?.addEventListener("click", () => {
      const first = heading.getAttribute("data-better") === "more" ? "descending" : "ascending";
      const other = first === "descending" ? "ascending" : "descending";
      const order = heading.ariaSort === first ? other : first;
      for (const each of headings) each.removeAttribute("aria-sort");
      heading.ariaSort = order;
      sortRows(table, column, order === "ascending" ? 1 : -1);
    });
  }
}

function sortRows(table: HTMLTableElement, column: number, direction: 1 | -1): void {
  const body = table.tBodies[0];
  if (!body) return;
  const keyOf = (row: HTMLTableRowElement) => row.cells[column]?.getAttribute("data-value") ?? "";
  const rows = [...body.rows].sort((a, b) => {
    const [x, y] = [keyOf(a), keyOf(b)];
    // What was not measured stays last whichever way.
    if (x === "" || y === "") return Number(x === "") - Number(y === "");
    const [left, right] = [Number(x), Number(y)];
    return direction * (Number.isNaN(left) || Number.isNaN(right) ? x.localeCompare(y) : left - right);
  });
  body.append(...rows);
}
