import { KindlingError } from "@kindling/node";

/** Where a queue is. */
export interface QueueAddress {
  readonly host: string;
  readonly port: number;
  readonly database: number;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Whether the connection is encrypted (`rediss://`). */
  readonly isEncrypted: boolean;
  /** The address without name and password, as it may be shown. */
  readonly shown: string;
}

const form = "redis://[user:password@]host[:port][/database], or rediss:// for an encrypted connection";

/**
 * Reads the address of a Redis or Valkey server.
 *
 * @throws {KindlingError} `invalid-option`; its message holds no part of the address, which may hold a password.
 */
export function parseQueue(text: string | undefined): QueueAddress {
  const given = text ?? process.env["KINDLING_QUEUE"];
  if (given === undefined || given === "") {
    throw new KindlingError("invalid-option", `--queue: expected ${form}; got none. KINDLING_QUEUE sets it, too.`);
  }
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const database = /^\/?(\d*)$/.exec(url?.pathname ?? "?")?.[1];
  const isRedis = url?.protocol === "redis:" || url?.protocol === "rediss:";
  if (!url || !isRedis || url.hostname === "" || database === undefined) {
    throw new KindlingError(
      "invalid-option",
      `--queue: expected ${form}; got another form (not shown, it may be secret).`,
    );
  }
  const port = url.port === "" ? 6379 : Number(url.port);
  return {
    // An IPv6 address is in brackets.
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port,
    database: Number(database),
    username: url.username === "" ? undefined : decodeURIComponent(url.username),
    password: url.password === "" ? undefined : decodeURIComponent(url.password),
    isEncrypted: url.protocol === "rediss:",
    shown: `${url.protocol}//${url.hostname}:${port}${database === "" ? "" : `/${database}`}`,
  };
}
