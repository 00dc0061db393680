import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { S3Client } from "@aws-sdk/client-s3";
import { KindlingError } from "@kindling/node";
import { discardFile, isPhotoName, writeError } from "@kindling/node/internal";
import type { Place, PlacedPhoto } from "./place.ts";
import { parseS3, type S3Address } from "./s3-address.ts";
import { s3Error } from "./s3-error.ts";

/** Name of the metadata of a result that holds its SHA-256. */
const sha256Name = "kindling-sha256";

/** Types of results by their endings. */
const contentTypes: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  jpe: "image/jpeg",
  jfif: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  avif: "image/avif",
  tif: "image/tiff",
  tiff: "image/tiff",
};

/**
 * Opens S3-compatible storage. Keys, region and address come from the environment (`AWS_ACCESS_KEY_ID`,
 * `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL`) or from where else the AWS SDK looks for them.
 */
export async function openBuckets(): Promise<Place> {
  // Loaded only where photos or results are in a bucket.
  const sdk = await import("@aws-sdk/client-s3");
  // Otherwise every command would print that a later version of the SDK needs a later Node.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const hasOwnServer = ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"].some((name) => process.env[name]);
  const client = new sdk.S3Client({
    // Servers other than Amazon's know buckets by path, need no region, and not all know the newer checksums.
    forcePathStyle: hasOwnServer,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...(hasOwnServer && !process.env["AWS_REGION"] ? { region: "us-east-1" } : {}),
    maxAttempts: 5,
  });
  return new Buckets(sdk, client);
}

class Buckets implements Place {
  readonly #sdk: typeof import("@aws-sdk/client-s3");
  readonly #client: S3Client;

  constructor(sdk: typeof import("@aws-sdk/client-s3"), client: S3Client) {
    this.#sdk = sdk;
    this.#client = client;
  }

  join(folder: string, below: string): string {
    return `${folder.replace(/\/*$/, "")}/${below}`;
  }

  async *find(folder: string, leftOut: string): AsyncGenerator<PlacedPhoto> {
    const { bucket, key } = parseS3(folder);
    // A prefix is a folder: `s3://bucket/2024` does not mean 2024-old.
    const prefix = key === "" || key.endsWith("/") ? key : `${key}/`;
    const out = leftOut.replace(/\/*$/, "/");
    let token: string | undefined;
    do {
      const command = new this.#sdk.ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      });
      const page = await this.#client.send(command).catch((cause) => {
        throw s3Error(folder, cause, "read");
      });
      for (const { Key = "" } of page.Contents ?? []) {
        const input = `s3://${bucket}/${Key}`;
        const below = Key.slice(prefix.length);
        const isHidden = below.split("/").some((part) => part.startsWith("."));
        if (!isHidden && isPhotoName(Key) && !input.startsWith(out)) yield { input, below };
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  async fetch(input: string, scratch: string): Promise<string> {
    const { bucket, key } = parseS3(input);
    const path = join(scratch, `in-${basename(key)}`);
    try {
      const { Body, ContentLength } = await this.#client.send(
        new this.#sdk.GetObjectCommand({ Bucket: bucket, Key: key }),
      );
      await pipeline(Body as Readable, createWriteStream(path));
      const { size } = await stat(path);
      if (ContentLength === undefined || size === ContentLength) return path;
      throw new KindlingError("unavailable", `${input}: ${size} of ${ContentLength} bytes arrived.`);
    } catch (cause) {
      throw isFull(cause) ? writeError(path, cause) : s3Error(input, cause, "read");
    }
  }

  stagingPath(output: string, scratch: string): string {
    return join(scratch, `out-${basename(parseS3(output).key)}`);
  }

  async sha256At(path: string): Promise<string | undefined> {
    const { bucket, key } = parseS3(path);
    try {
      const head = await this.#client.send(new this.#sdk.HeadObjectCommand({ Bucket: bucket, Key: key }));
      return head.Metadata?.[sha256Name] ?? `etag ${head.ETag}`;
    } catch (cause) {
      const error = s3Error(path, cause, "read");
      if (error.code === "not-found") return undefined;
      throw error;
    }
  }

  async requireOwnPlace(input: string, output: string): Promise<void> {
    if (input !== output) return;
    const reason = "its result would replace it. A fleet writes results elsewhere: choose another --out";
    throw new KindlingError("exists", `${input}: ${reason}.`);
  }

  async clear(): Promise<void> {
    // A bucket never shows half an object.
  }

  async deliver({ staged, sha256 }: Parameters<Place["deliver"]>[0], output: string): Promise<void> {
    const { bucket, key }: S3Address = parseS3(output);
    try {
      const { size } = await stat(staged.partial);
      const md5 = createHash("md5");
      for await (const chunk of createReadStream(staged.partial)) md5.update(chunk);
      const put = new this.#sdk.PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: createReadStream(staged.partial),
        ContentLength: size,
        // The storage refuses what arrives as anything else.
        ContentMD5: md5.digest("base64"),
        ContentType: contentTypes[/\.(\w+)$/.exec(key)?.[1]?.toLowerCase() ?? ""] ?? "application/octet-stream",
        Metadata: { [sha256Name]: sha256 },
      });
      await this.#client.send(put);
    } catch (cause) {
      throw s3Error(output, cause, "written");
    } finally {
      await discardFile(staged);
    }
  }
}

function isFull(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && (cause.code === "ENOSPC" || cause.code === "EDQUOT");
}
