import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  listFailed,
  type QueueOptions,
  readStatus,
  submitPhotos,
  type WorkSummary,
  workOnPhotos,
} from "@kindling/worker";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { noRedis, type RedisServer, redisProgram, startRedis } from "../support/redis-server.ts";
import { runKindling, scratchFolder } from "../support/run-kindling.ts";
import { type S3Server, startS3 } from "../support/s3-server.ts";

if (redisProgram === undefined) process.stderr.write(`${noRedis}\n`);

/** Each test runs commands that load the SDK, which takes seconds where other work keeps the machine busy. */
const timeout = 300_000;

const password = "a-password-that-must-not-be-seen";

describe.skipIf(redisProgram === undefined)("a fleet with buckets", () => {
  let redis: RedisServer;
  let s3: S3Server;
  let client: S3Client;

  beforeAll(async () => {
    redis = await startRedis({ password });
    s3 = await startS3();
    // Nothing else reads these; they are taken back in the end.
    for (const [name, value] of Object.entries(s3.environment)) vi.stubEnv(name, value);
    client = new S3Client({
      endpoint: s3.environment["AWS_ENDPOINT_URL"],
      region: "us-east-1",
      forcePathStyle: true,
      credentials: { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" },
      requestChecksumCalculation: "WHEN_REQUIRED",
    });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    client.destroy();
    await s3.stop();
    await redis.stop();
  });

  const put = (Key: string, Body: Buffer) => client.send(new PutObjectCommand({ Bucket: "photos", Key, Body }));
  const keysIn = async (Bucket: string) =>
    ((await client.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key);

  /** Runs the real command with the queue and the keys in its environment. */
  const run = (words: readonly string[], environment: Readonly<Record<string, string>> = s3.environment) =>
    runKindling(words, [
      "env",
      ...Object.entries({ ...environment, KINDLING_QUEUE: redis.url }).map((v) => v.join("=")),
    ]);

  /** Works until no photo is left and gives all that was reported. */
  async function drain(queue: QueueOptions): Promise<{ summary: WorkSummary; told: unknown[] }> {
    const told: unknown[] = [];
    const note = (...facts: unknown[]) => told.push(...facts);
    const reporter = { start: note, finish: note, fail: note, notice: note };
    return { summary: await workOnPhotos({ ...queue, jobs: 1, drain: true, reporter }), told };
  }

  test("photos of a bucket become results in another, equal to those of a folder; secrets are nowhere", {
    timeout,
  }, async () => {
    const queue = { queue: redis.url, name: "from-bucket" };
    const folder = scratchFolder();
    const names = ["a.jpg", "deep/b.png"];
    for (const name of names) {
      await writeDarkPhoto(join(folder, "in", name));
      await put(`2024/${name}`, readFileSync(join(folder, "in", name)));
    }
    await put("2024/broken.jpg", Buffer.from("no photo"));
    await put("2024-old/c.jpg", readFileSync(join(folder, "in/a.jpg")));
    await put("2024/notes.txt", Buffer.from("text"));
    const work = { inputs: ["s3://photos/2024"], out: "s3://lit/2024/", method: "clahe" };
    expect(await submitPhotos({ ...queue, ...work })).toMatchObject({ submitted: 3 });
    const first = await drain(queue);
    expect(first.summary).toEqual({ enhanced: 2, doneBefore: 0, failed: 1 });
    expect((await keysIn("lit")).sort()).toEqual(names.map((name) => `2024/${name}`).sort());

    await submitPhotos({ ...queue, inputs: [join(folder, "in")], out: join(folder, "out"), method: "clahe" });
    await drain(queue);
    for (const name of names) {
      const object = await client.send(new GetObjectCommand({ Bucket: "lit", Key: `2024/${name}` }));
      const bytes = await object.Body?.transformToByteArray();
      expect(readFileSync(join(folder, "out", name)).equals(bytes ?? Buffer.of()), name).toBe(true);
    }
    const failures = [];
    for await (const failure of listFailed(queue)) failures.push(failure);
    // The photo goes by the name that people know, not by that of the copy on the worker's disk.
    expect(failures).toMatchObject([
      { input: "s3://photos/2024/broken.jpg", code: "not-a-photo", message: expect.stringMatching(/^s3:\/\/photos/) },
    ]);
    // The same again: everything is done, and nothing is sent a second time.
    await submitPhotos({ ...queue, ...work });
    const again = await drain(queue);
    expect(again.summary).toEqual({ enhanced: 0, doneBefore: 2, failed: 0 });
    const seen = JSON.stringify([first, again, failures, await readStatus(queue)]);
    expect(seen).not.toContain(password);
    expect(seen).toContain("redis://127.0.0.1");
  });

  test("photos of a folder go to a bucket and back", { timeout }, async () => {
    const queue = { queue: redis.url, name: "there-and-back" };
    const folder = scratchFolder();
    await writeDarkPhoto(join(folder, "in/f.jpg"));
    await submitPhotos({ ...queue, inputs: [join(folder, "in")], out: "s3://lit/from-folder", method: "clahe" });
    await drain(queue);
    expect(await keysIn("lit")).toContain("from-folder/f.jpg");
    const out = join(folder, "back");
    await submitPhotos({ ...queue, inputs: ["s3://lit/from-folder/"], out, method: "clahe", format: "png" });
    await drain(queue);
    expect(readFileSync(join(out, "f.jpg.png")).subarray(1, 4).toString()).toBe("PNG");
  });

  test("wrong keys and a bucket that is not there are told in one line, without the keys", { timeout }, async () => {
    const secret = "the-secret-key-that-must-not-be-seen";
    const wrong = { ...s3.environment, AWS_ACCESS_KEY_ID: "UNKNOWN", AWS_SECRET_ACCESS_KEY: secret };
    const refused = await run(["submit", "s3://photos/2024", "-o", "s3://lit"], wrong);
    expect(refused).toMatchObject({ status: 1, stdout: "" });
    expect(refused.stderr).toMatch(/^kindling: s3:\/\/photos\/2024: the storage refuses these keys .*\n$/);
    const missing = await run(["submit", "s3://none-such/2024", "-o", "s3://lit"]);
    expect(missing).toMatchObject({ status: 1, stderr: "kindling: s3://none-such/2024: there is no such bucket.\n" });
    const noKeys = await run(["submit", "s3://photos/2024", "-o", "s3://lit"], {
      ...s3.environment,
      AWS_ACCESS_KEY_ID: "",
      AWS_SECRET_ACCESS_KEY: "",
      AWS_EC2_METADATA_DISABLED: "true",
    });
    expect(noKeys).toMatchObject({ status: 1 });
    expect(noKeys.stderr).toMatch(/^kindling: s3:\/\/photos\/2024: no keys for the storage\. Set AWS_ACCESS_KEY_ID/);
    expect(refused.stderr + missing.stderr + noKeys.stderr).not.toContain(secret);
  });
});
