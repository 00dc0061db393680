import type { WorkerFunction } from "./workers.ts";

/** Splits one photo into its maps, on a worker thread. */
export const splitWorker: WorkerFunction = {
  file: new URL("./maps-worker.js", import.meta.url),
  name: "splitOnWorker",
};
