#!/usr/bin/env node
import { describeFailure } from "../dist/describe-failure.js";

/** Ends with one line, whatever went wrong and wherever. */
function fail(error) {
  const stack = process.env.KINDLING_STACK && error instanceof Error ? `${error.stack}\n` : "";
  process.stderr.write(`${stack}kindling: ${describeFailure(error)}\n`);
  process.exitCode = 1;
}

// Errors of what nobody waits for, and promises that fail alone: the state is unknown, so the process ends.
process.on("uncaughtException", (error) => {
  fail(error);
  process.exit();
});

try {
  // Loaded here, so that a failure to load it is told like others.
  const { main } = await import("../dist/main.js");
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  fail(error);
}
