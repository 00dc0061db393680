import { signal } from "@preact/signals";

/** Settings of the brush that paints light. */
export const brush = {
  /** Stops of light that a stroke adds; negative darkens. */
  stops: signal(1),
  /** Diameter in shares of the photo's longer side. */
  size: signal(0.16),
};
