import { KindlingError } from "@kindling/node";
import type { OpenQueue } from "./open-queue.ts";
import { checkOrder, nameOrder, type Order } from "./photo-job.ts";

/** Keeps an order in the queue and gives its name. */
export async function keepOrder({ redis, key }: OpenQueue, order: Order): Promise<string> {
  const name = nameOrder(order);
  await redis.hset(key("orders"), name, JSON.stringify(order));
  return name;
}

/**
 * Finds an order.
 *
 * @throws {KindlingError} `invalid-option` where the queue has none of this name.
 */
export async function findOrder({ redis, key }: OpenQueue, name: string): Promise<Order> {
  const text = await redis.hget(key("orders"), name);
  if (text !== null) return checkOrder(text);
  throw new KindlingError("invalid-option", `the queue has no order ${name}: submit the photos again.`);
}
