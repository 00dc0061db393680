import { z } from "zod";

const count = (description: string) => z.int().nonnegative().meta({ description });

/** How far a fleet is, as `GET /v1/fleet` answers it. */
export const fleetProgress = z.object({
  queue: z.string().meta({ description: "Name of the queue." }),
  paused: z.boolean().meta({ description: "Whether workers begin no further photo." }),
  total: count("Photos submitted since the queue was last empty."),
  done: count("Photos whose results are there."),
  enhanced: count("Of done, those whose results had to be made."),
  failed: count("Photos that were set aside."),
  waiting: count("Photos that wait for a worker."),
  active: count("Photos in work."),
  delayed: count("Photos that failed and wait for their next try."),
  megapixels: z.number().nonnegative().meta({ description: "Sizes of the enhanced photos together." }),
  photosPerMinute: z.number().nonnegative().optional().meta({
    description: "Mean of the last full minutes, five at most; left out before the first.",
  }),
  workers: z.array(z.string()).readonly().meta({ description: "Names of the workers that are connected." }),
});

/** The values of `fleetProgress`. */
export type FleetProgress = z.infer<typeof fleetProgress>;

/**
 * Reads the progress of a fleet.
 *
 * @throws where its queue does not answer.
 */
export type ReadFleet = () => Promise<FleetProgress>;
