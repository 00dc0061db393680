import { codeOfSystem } from "./file-errors.ts";

/** Whether a process of this machine runs. */
export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: the process exists but belongs to another user.
    return codeOfSystem(error) === "EPERM";
  }
}
