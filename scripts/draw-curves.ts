// Draws columns of trainings' metrics as one small SVG.   npm run curves -- --help
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { linePlotFile, metricsFile, metricsLine, parseMetrics, thinLine } from "@kindling/lab/internal";

const usage = `npm run curves -- <file.svg> <run or metrics.csv…> [--column validation-psnr] [--stage adjustment]

  A run may have a name for the legend: "as in the paper=runs/paper". Several columns or stages make more lines.
  --column <name>   of metrics.csv; repeatable; default validation-psnr
  --stage <name>    only these; repeatable; default all, one line each
  --up <text>       what goes up; default the columns
  --logarithmic     heights as factors`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    column: { type: "string", multiple: true, default: ["validation-psnr"] },
    stage: { type: "string", multiple: true, default: [] },
    up: { type: "string" },
    logarithmic: { type: "boolean", default: false },
    help: { type: "boolean" },
  },
});
const [file, ...runs] = positionals;
if (values.help || file === undefined || runs.length === 0) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

/** Points of a line; more steps are averaged. */
const mostPoints = 150;

const lines = runs.flatMap(linesOf);
if (lines.length === 0) throw new Error(`No such columns (${values.column}) in the stages asked for.`);
const up = values.up ?? values.column.join(", ");
writeFileSync(file, linePlotFile(lines, { across: "Steps", up, logarithmic: values.logarithmic }));
console.log(`${file}: ${lines.map(({ name, points }) => `${name} ${points.length} points`).join(", ")}`);

function linesOf(given: string) {
  const cut = given.lastIndexOf("=");
  const path = given.slice(cut + 1);
  const name = cut < 0 ? basename(path) : given.slice(0, cut);
  const { rows } = parseMetrics(readFileSync(statSync(path).isDirectory() ? join(path, metricsFile) : path, "utf8"));
  const stages = [...new Set(rows.map(({ stage }) => stage))].filter(
    (stage) => values.stage.length === 0 || values.stage.includes(stage),
  );
  return stages.flatMap((stage) =>
    values.column.flatMap((column) => {
      const words = [name, stages.length > 1 ? stage : "", values.column.length > 1 ? column : ""];
      const own = rows.filter((row) => row.stage === stage);
      const line = thinLine(metricsLine(own, column, words.filter((word) => word !== "").join(", ")), mostPoints);
      return line.points.length > 0 ? [line] : [];
    }),
  );
}
