import { createHash } from "node:crypto";
import { type Device, KindlingError } from "@kindling/node";
import { asksForFastest, type PlannedTreatment, planTreatment } from "@kindling/node/internal";
import type { Order } from "../queue/photo-job.ts";

/** An order as a machine carries it out. */
export interface PlannedOrder extends PlannedTreatment {
  readonly order: Order;
  /** Hash of everything that determines a result besides its photo: options, version, weights. */
  readonly fingerprint: string;
}

/** What only the machine decides. */
export interface MachineOptions {
  readonly models?: string | undefined;
  readonly device?: Device;
  readonly maxMemoryBytes?: number | undefined;
}

/**
 * Checks an order on this machine.
 *
 * @throws {KindlingError} `invalid-option` for an option out of its range; `not-found` where a network has no weights here.
 */
export async function planOrder(order: Order, machine: MachineOptions = {}): Promise<PlannedOrder> {
  if (asksForFastest(order.method)) {
    throw new KindlingError(
      "invalid-option",
      `--method ${order.method}: machines of a fleet would choose different weights, and all must write the same bytes. Name the weights, such as ember.int8.`,
    );
  }
  const { out: _, overwrite: __, ...treatment } = order;
  const planned = await planTreatment({ ...treatment, ...machine });
  const fingerprint = createHash("sha256").update(JSON.stringify(planned.settings)).digest("hex").slice(0, 16);
  return { ...planned, order, fingerprint };
}
