import { KindlingError } from "@kindling/node";

/** Exit status of a run that was interrupted, as shells give it: 128 + SIGINT. */
const interruptedStatus = 130;

/** Runs work that Ctrl-C stops in an orderly way, by its signal; a second Ctrl-C means now. Gives the exit status. */
export async function interruptible(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
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
