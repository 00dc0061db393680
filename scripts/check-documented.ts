// Fails when a symbol that a door exports has no docstring. Reads the built declarations: run `npx tsc -b` first.
import { publicSymbols } from "../test/support/doors.ts";

const missing = publicSymbols.filter(({ docstring }) => docstring === "");

if (publicSymbols.length === 0 || missing.length > 0) {
  const names = missing.map(({ file, name }) => `${file} ${name}`);
  console.error(
    `Public symbols without a docstring (${missing.length} of ${publicSymbols.length}):\n${names.join("\n")}`,
  );
  process.exitCode = 1;
} else {
  console.log(`All ${publicSymbols.length} public symbols have a docstring.`);
}
