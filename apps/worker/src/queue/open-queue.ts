import { KindlingError } from "@kindling/node";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { redactSecrets } from "../redact-secrets.ts";
import { parseQueue, type QueueAddress } from "./parse-queue.ts";
import type { PhotoJob } from "./photo-job.ts";

/** Where photos wait: the address of Redis or Valkey, and the name of the queue there. */
export interface QueueOptions {
  /** `redis://host:port/database`; default: the variable `KINDLING_QUEUE`. */
  readonly queue?: string | undefined;
  /** Several queues on one server have names of their own; default `photos`. */
  readonly name?: string | undefined;
}

/** Keys of all queues begin with it. */
export const keyPrefix = "kindling";

/** How long a first connection may take. */
const connectMs = 10_000;

/** How the queue's server is reached. */
interface Connection {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  readonly tls?: object;
  readonly maxRetriesPerRequest: null;
  readonly retryStrategy: (times: number) => number;
}

/** An open queue. */
export interface OpenQueue {
  readonly name: string;
  readonly photos: Queue<PhotoJob>;
  /** A connection for what the queue does not keep itself: orders and records. */
  readonly redis: Redis;
  readonly connection: Connection;
  /** The address as it may be shown. */
  readonly shown: string;
  /** The key of a thing that belongs to this queue. */
  key(thing: string): string;
  close(): Promise<void>;
}

/**
 * Opens a queue. Later interruptions of the connection are waited for.
 *
 * @throws {KindlingError} `invalid-option` for an address or name of another form; `unavailable` where nobody answers there.
 */
export async function openQueue({ queue, name = "photos" }: QueueOptions): Promise<OpenQueue> {
  const address = parseQueue(queue);
  if (!/^[\w-]{1,100}$/.test(name)) {
    throw new KindlingError("invalid-option", `--name ${name}: expected letters, digits, - and _.`);
  }
  const connection = connectionOf(address);
  await requireAnswer(address, connection);
  const redis = new Redis(connection);
  const photos = new Queue<PhotoJob>(name, { connection, prefix: keyPrefix });
  // Interruptions are told by the worker; a connection without a listener would end the process.
  redis.on("error", () => undefined);
  photos.on("error", () => undefined);
  return {
    name,
    photos,
    redis,
    connection,
    shown: address.shown,
    key: (thing) => `${keyPrefix}:${name}:${thing}`,
    close: async () => {
      await photos.close().catch(() => undefined);
      redis.disconnect();
    },
  };
}

/** Opens a queue for some work, and closes it behind it. */
export async function withQueue<Result>(
  options: QueueOptions,
  work: (queue: OpenQueue) => Promise<Result>,
): Promise<Result> {
  const queue = await openQueue(options);
  try {
    return await work(queue);
  } finally {
    await queue.close();
  }
}

function connectionOf({ host, port, database, username, password, isEncrypted }: QueueAddress): Connection {
  return {
    host,
    port,
    db: database,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(isEncrypted ? { tls: {} } : {}),
    // Commands wait while the server is away.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(100 * 2 ** Math.min(times, 6), 5000),
  };
}

/** Connects once, so that a wrong address or password is one error and not endless waiting. */
async function requireAnswer({ shown, password }: QueueAddress, connection: Connection): Promise<void> {
  const probe = new Redis({
    ...connection,
    lazyConnect: true,
    connectTimeout: connectMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason = "";
  probe.on("error", (error) => {
    reason ||= error.message;
  });
  try {
    await probe.connect();
    await probe.ping();
  } catch (error) {
    const known = reason || (error instanceof Error ? error.message : String(error));
    const told = redactSecrets(known, [password ?? ""]).replace(/\.$/, "");
    throw new KindlingError(
      "unavailable",
      `--queue ${shown}: no Redis or Valkey server answers there: ${told}. Check the address and the password.`,
    );
  } finally {
    probe.disconnect();
  }
}
