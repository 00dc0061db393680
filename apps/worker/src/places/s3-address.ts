import { KindlingError } from "@kindling/node";

/** A bucket and a key or prefix in it. */
export interface S3Address {
  readonly bucket: string;
  readonly key: string;
}

/** Whether a text names something in S3-compatible storage. */
export function isS3(text: string): boolean {
  return /^s3:\/\//i.test(text);
}

/**
 * Reads `s3://bucket/key`.
 *
 * @throws {KindlingError} `invalid-option`.
 */
export function parseS3(text: string): S3Address {
  const [, bucket, key = ""] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,62})(?:\/(.*))?$/is.exec(text) ?? [];
  if (bucket !== undefined) return { bucket, key };
  throw new KindlingError("invalid-option", `${text}: expected s3://bucket/prefix.`);
}
