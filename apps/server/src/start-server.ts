import type { AddressInfo } from "node:net";
import { KindlingError, openPhotoPool } from "@kindling/node";
import type { ReadFleet } from "./api/fleet-progress.ts";
import { readMethodCatalogue } from "./api/method-catalogue.ts";
import { createApp } from "./create-app.ts";
import { createMeter } from "./metrics/meter.ts";
import type { ServerOptions } from "./options/server-options.ts";
import type { Services } from "./services.ts";
import { Admission } from "./work/admission.ts";

/** A server that runs. */
export interface RunningServer {
  /** Its address, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Resolves once the workers have started, so that the first photos need not wait for them. */
  readonly ready: Promise<void>;
  /** Finishes the photos in work, refuses others, and resolves when all is closed. Calling it twice does nothing more. */
  stop(): Promise<void>;
}

/** What a server is started with beside its options. */
export interface StartOptions {
  /** Bearer tokens, see `readTokens`; without any the API is open. */
  readonly tokens?: readonly string[] | undefined;
  /** Where the log goes, one JSON object a line; default: the standard output. */
  readonly log?: NodeJS.WritableStream | undefined;
  /** Reads the progress of a fleet, which the server then shows at `/fleet` and `/v1/fleet`. */
  readonly readFleet?: ReadFleet | undefined;
}

const noAddress = "the host is no address of this machine. Use --host 127.0.0.1, or 0.0.0.0 for all addresses.";

/** Why an address cannot be listened on, with the remedy, by the code of Node's error. */
const listenProblems: Readonly<Record<string, string>> = {
  EADDRINUSE: "the port is taken. Choose another --port; 0 takes any free one.",
  EADDRNOTAVAIL: noAddress,
  ENOTFOUND: noAddress,
  EACCES: "the system does not allow this port. Choose a --port from 1024 on.",
};

/**
 * Starts an HTTP server that enhances photos.
 *
 * @param options the checked ones of `serverOptions`.
 * @throws {KindlingError} `invalid-option` where the address cannot be listened on; `not-found` or `invalid-model` for the
 * folders of models and page.
 * @example
 * const { url, stop } = await startServer(serverOptions.parse({ port: 0, jobs: 2 }));
 * const response = await fetch(`${url}/v1/enhance?light=2`, { method: "POST", body: bytes });
 * await stop();
 */
export async function startServer(
  options: ServerOptions,
  { tokens = [], log, readFleet }: StartOptions = {},
): Promise<RunningServer> {
  const { jobs, queue, host, port, maxMemory: maxMemoryBytes, models, device, maxMegapixels } = options;
  const methods = await readMethodCatalogue(models, device);
  const pool = await openPhotoPool({ workers: jobs, maxMemoryBytes, models, device, maxMegapixels });
  const admission = new Admission(jobs + queue);
  const state = { isReady: false, isStopping: false };
  const meter = createMeter({
    taken: () => admission.taken,
    capacity: jobs + queue,
    workers: jobs,
    isReady: () => state.isReady && !state.isStopping,
  });
  const services: Services = {
    options,
    pool,
    methods,
    admission,
    meter,
    state,
    isPrivate: tokens.length > 0,
    readFleet,
  };
  try {
    const app = await createApp(services, tokens, log);
    await app.listen({ host, port }).catch((cause: NodeJS.ErrnoException) => {
      const reason = listenProblems[cause.code ?? ""] ?? `${cause.code ?? cause.message}. Choose another address.`;
      throw new KindlingError("invalid-option", `--host ${host} --port ${port}: cannot listen there: ${reason}`, {
        cause,
      });
    });
    const ready = pool.warmUp().then(
      () => {
        state.isReady = true;
        app.log.info("ready");
      },
      (error: unknown) => {
        if (!state.isStopping) app.log.error({ err: error }, "the workers could not be started");
      },
    );
    let stopped: Promise<void> | undefined;
    const stop = async () => {
      state.isStopping = true;
      app.log.info({ requests: admission.taken }, "stopping");
      const timer = setTimeout(() => admission.abortAll("stopping"), options.stopTimeout * 1000);
      // Until then it listens: what watches over it and who sends a photo must hear 503, not meet a closed port.
      await admission.drain();
      await app.close();
      clearTimeout(timer);
      await pool.close();
    };
    const { address, family, port: bound } = app.server.address() as AddressInfo;
    return {
      url: `http://${family === "IPv6" ? `[${address}]` : address}:${bound}`,
      ready,
      stop: () => {
        stopped ??= stop();
        return stopped;
      },
    };
  } catch (error) {
    await pool.close();
    throw error;
  }
}
