import { KindlingError } from "@kindling/node";
import { readEnvironment, readTokens, type ServerOptions, type StartOptions, startServer } from "@kindling/server";
import type { QueueWatch } from "@kindling/worker";
import type { Command } from "commander";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { serveOptions } from "../options/serve-options.ts";
import { runInterruptibly } from "./run-interruptibly.ts";

const notes = `
Examples:
  kindling serve                        the page and the API at http://127.0.0.1:8080
  kindling serve --fleet redis://localhost    the progress of a fleet, too, at http://127.0.0.1:8080/fleet
  curl --data-binary @dark.jpg http://127.0.0.1:8080/v1/enhance -o bright.jpg
  curl -F photo=@dark.jpg -F light=2 http://127.0.0.1:8080/v1/enhance -o bright.jpg

Every option can be set by environment, too: --max-megapixels is KINDLING_SERVE_MAX_MEGAPIXELS; flags go first.
Bearer tokens: --token-file, or KINDLING_SERVE_TOKENS, separated by commas. An address with a password: KINDLING_SERVE_FLEET.
/docs explores the API, /openapi.json describes it, /metrics is for Prometheus, /healthz and /readyz for what watches over it.
SIGTERM or Ctrl-C finishes the photos in work and refuses others; a second one ends the server at once.`;

/** Defines `kindling serve`: the page and the API over HTTP. */
export function defineServe(command: Command, exitWith: (status: number) => void): void {
  command.description("Serves the page, and an API that enhances photos, over HTTP.");
  addSchemaOptions(command, serveOptions)
    .addHelpText("after", notes)
    .action(async (_values: object, { getOptionValueSource, opts }: Command) => {
      // Only what was typed goes before the environment; the schema has the defaults of the rest.
      const typed = Object.entries(opts.call(command)).filter(
        ([name]) => getOptionValueSource.call(command, name) === "cli",
      );
      const given = { ...readEnvironment(process.env, serveOptions), ...Object.fromEntries(typed) };
      const { fleet, fleetName, ...options } = checkOptions(serveOptions, given);
      const tokens = await readTokens(options.tokenFile, process.env);
      const watch = fleet === undefined ? undefined : await watchFleet(fleet, fleetName);
      try {
        await runInterruptibly((signal) => serve(options, { tokens, readFleet: watch?.read }, signal));
      } finally {
        await watch?.close();
      }
      // A server that stopped on request ended without an error.
      exitWith(0);
    });
}

async function serve(options: ServerOptions, start: StartOptions, signal: AbortSignal): Promise<number> {
  const server = await startServer(options, start);
  const { jobs, queue } = options;
  const fleet = start.readFleet === undefined ? "" : ` Progress of the fleet: ${server.url}/fleet`;
  process.stderr.write(`${server.url}: ${jobs} photos at a time, ${queue} may wait. Ctrl-C stops.${fleet}\n`);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  await server.stop();
  return 0;
}

/** Opens the queue of a fleet. Its errors name the options of the server in place of those of a worker. */
async function watchFleet(queue: string, name: string): Promise<QueueWatch> {
  // Loaded only where a fleet is shown.
  const { watchQueue } = await import("@kindling/worker");
  try {
    return await watchQueue({ queue, name });
  } catch (error) {
    if (!(error instanceof KindlingError)) throw error;
    const message = error.message
      .replace(/^--queue/, "--fleet")
      .replace(/^--name/, "--fleet-name")
      .replace("KINDLING_QUEUE", "KINDLING_SERVE_FLEET");
    throw new KindlingError(error.code, message);
  }
}
