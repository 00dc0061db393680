import type { PhotoPool } from "@kindling/node";
import type { ReadFleet } from "./api/fleet-progress.ts";
import type { MethodCatalogue } from "./api/method-catalogue.ts";
import type { Meter } from "./metrics/meter.ts";
import type { ServerOptions } from "./options/server-options.ts";
import type { Admission, Slot } from "./work/admission.ts";

/** What the routes of a server share. */
export interface Services {
  readonly options: ServerOptions;
  readonly pool: PhotoPool;
  readonly methods: MethodCatalogue;
  readonly admission: Admission;
  readonly meter: Meter;
  readonly state: ServerState;
  /** Reads the progress of a fleet; undefined where the server shows none. */
  readonly readFleet?: ReadFleet | undefined;
  /** Whether clients need a token, so that no shared cache may keep what they get. */
  readonly isPrivate: boolean;
}

/** What a server is doing. */
interface ServerState {
  /** Whether the workers have started. */
  isReady: boolean;
  /** Whether it finishes what runs and refuses the rest. */
  isStopping: boolean;
}

declare module "fastify" {
  interface FastifyRequest {
    /** The place of a request that needs a worker. */
    slot: Slot;
    /** What was done for it, for the log. */
    work: { readonly megapixels: number; readonly seconds: number } | undefined;
    /** The code of the problem that it was answered with. */
    problem: string | undefined;
  }
  interface FastifyContextConfig {
    /** Whether the route works on photos: it then takes a place among the requests. */
    needsWorker?: boolean;
    /** Whether the route needs a bearer token where there are tokens. */
    needsToken?: boolean;
    /** Whether pages ask it every second: it is then logged as detail. */
    isPolled?: boolean;
  }
}
