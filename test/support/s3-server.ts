import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";
import { freePort } from "./redis-server.ts";

/** A storage server of the test's own, with two buckets: `photos` and `lit`. */
export interface S3Server {
  /** What the environment of a command that uses it must hold. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts a server that speaks S3 on a free port of this machine, with a folder of its own. */
export async function startS3(): Promise<S3Server> {
  const directory = mkdtempSync(join(tmpdir(), "kindling-s3-"));
  const port = await freePort();
  const configureBuckets = [{ name: "photos" }, { name: "lit" }];
  const server = new S3rver({ address: "127.0.0.1", port, silent: true, directory, configureBuckets });
  await server.run();
  return {
    environment: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      // The only keys that the server knows.
      AWS_ACCESS_KEY_ID: "S3RVER",
      AWS_SECRET_ACCESS_KEY: "S3RVER",
      AWS_REGION: "us-east-1",
    },
    stop: async () => {
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
