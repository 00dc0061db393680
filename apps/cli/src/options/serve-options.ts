import { serverOptions } from "@kindling/server";
import { z } from "zod";
import { queueOptions } from "./fleet-options.ts";

/** Options of `kindling serve`: those of the server, and the fleet whose progress it shows. */
export const serveOptions = z.strictObject({
  ...serverOptions.shape,
  fleet: z.string().optional().meta({
    flags: "--fleet <address>",
    description: "show at /fleet how far the queue of a fleet is: redis://[user:password@]host[:port][/database]",
  }),
  fleetName: queueOptions.shape.name.meta({
    flags: "--fleet-name <name>",
    description: "the queue on that server",
  }),
});
