/**
 * Keeps ONNX Runtime from writing down what it is used for in the home folder, and from sending it to its makers. It reads
 * this from the environment of the process when it is loaded. Threads have a copy of that, so the thread that starts them
 * must call this before they load it; a program that uses Kindling in a thread of its own sets `ORT_DISABLE_TELEMETRY=1`.
 */
export function disableTelemetry(): void {
  process.env["ORT_DISABLE_TELEMETRY"] ??= "1";
}
