import { KindlingError } from "@kindling/node";

/** Exit status of an interrupted run, by the convention of shells: 128 + SIGINT. */
const interruptedStatus = 130;

/** Runs work that the first Ctrl-C aborts by its signal and a second one ends at once. Gives the exit status. */
export async function runInterruptibly(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const stopping = new AbortController();
  const stop = () => {
    if (stopping.signal.aborted) process.exit(interruptedStatus);
    stopping.abort();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    const status = await work(stopping.signal);
    return stopping.signal.aborted ? interruptedStatus : status;
  } catch (error) {
    if (error instanceof KindlingError && error.code === "cancelled") return interruptedStatus;
    throw error;
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}
