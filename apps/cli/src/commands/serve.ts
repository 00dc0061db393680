import { readEnvironment, readTokens, serverOptions, startServer } from "@kindling/server";
import type { Command } from "commander";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { runInterruptibly } from "./run-interruptibly.ts";

const notes = `
Examples:
  kindling serve                        the page and the API at http://127.0.0.1:8080
  curl --data-binary @dark.jpg http://127.0.0.1:8080/v1/enhance -o bright.jpg
  curl -F photo=@dark.jpg -F light=2 http://127.0.0.1:8080/v1/enhance -o bright.jpg

Every option can be set by environment, too: --max-megapixels is KINDLING_SERVE_MAX_MEGAPIXELS; flags go first.
Bearer tokens: --token-file, or KINDLING_SERVE_TOKENS, separated by commas.
/docs explores the API, /openapi.json describes it, /metrics is for Prometheus, /healthz and /readyz for what watches over it.
SIGTERM or Ctrl-C finishes the photos in work and refuses others; a second one ends the server at once.`;

/** Defines `kindling serve`: the page and the API over HTTP. */
export function defineServe(command: Command, exitWith: (status: number) => void): void {
  command.description("Serves the page, and an API that enhances photos, over HTTP.");
  addSchemaOptions(command, serverOptions)
    .addHelpText("after", notes)
    .action(async (_values: object, { getOptionValueSource, opts }: Command) => {
      // Only what was typed goes before the environment; the schema has the defaults of the rest.
      const typed = Object.entries(opts.call(command)).filter(
        ([name]) => getOptionValueSource.call(command, name) === "cli",
      );
      const options = checkOptions(serverOptions, { ...readEnvironment(process.env), ...Object.fromEntries(typed) });
      const tokens = await readTokens(options.tokenFile, process.env);
      await runInterruptibly((signal) => serve(options, tokens, signal));
      // A server that stopped on request ended without an error.
      exitWith(0);
    });
}

async function serve(
  options: Parameters<typeof startServer>[0],
  tokens: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const server = await startServer(options, { tokens });
  const { jobs, queue } = options;
  process.stderr.write(`${server.url}: ${jobs} photos at a time, ${queue} may wait. Ctrl-C stops.\n`);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await server.stop();
  return 0;
}
