import { KindlingError } from "@kindling/node";

/** Exit status of an interrupted run, by the convention of shells: 128 + SIGINT. */
const interruptedStatus = 130;

/**
 * Runs work that the first Ctrl-C aborts by its signal. The second ends the process by the system's own means, which work
 * where this program is busy or waits for a file. Gives the exit status.
 */
export async function runInterruptibly(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const stopping = new AbortController();
  const stop = () => {
    forgetSignals();
    stopping.abort();
  };
  const forgetSignals = () => process.off("SIGINT", stop).off("SIGTERM", stop);
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    const status = await work(stopping.signal);
    return stopping.signal.aborted ? interruptedStatus : status;
  } catch (error) {
    if (error instanceof KindlingError && error.code === "cancelled") return interruptedStatus;
    throw error;
  } finally {
    forgetSignals();
  }
}
