#!/usr/bin/env node
// Written so that Node 14 reads it and gets to the line below; all else is loaded after it.
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `kindling: it needs Node 20.19 or later; this is Node ${process.versions.node}. Install a newer one from https://nodejs.org.\n`,
  );
  process.exitCode = 1;
} else {
  run();
}

/** Runs the command; ends with one line, whatever went wrong and wherever. */
async function run() {
  const { statSync } = await import("node:fs");
  const timeOf = (path) =>
    (statSync(new URL(path, import.meta.url), { throwIfNoEntry: false }) || { mtimeMs: 0 }).mtimeMs;
  // The bundle; in a checkout where tsc has built something since, what that has built.
  const code = timeOf("../bundle/main.js") >= timeOf("../tsconfig.tsbuildinfo") ? "../bundle" : "../dist";
  // Loaded first: it must be there where no file can be opened any more.
  const { describeFailure } = await import(`${code}/describe-failure.js`);
  const fail = (error) => {
    const stack = process.env.KINDLING_STACK && error instanceof Error ? `${error.stack}\n` : "";
    process.stderr.write(`${stack}kindling: ${describeFailure(error)}\n`);
    process.exitCode = 1;
  };
  // Errors of what nobody waits for, and promises that fail alone: the state is unknown, so the process ends.
  process.on("uncaughtException", (error) => {
    fail(error);
    process.exit();
  });
  try {
    // Loaded here, so that a failure to load it is told like others.
    const { main } = await import(`${code}/main.js`);
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    fail(error);
  }
}
