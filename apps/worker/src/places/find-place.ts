import { openBuckets } from "./bucket.ts";
import type { Place } from "./place.ts";
import { isS3 } from "./s3-address.ts";
import { sharedFolder } from "./shared-folder.ts";

let buckets: Promise<Place> | undefined;

/** The place that a path or an `s3://` address is in. Storage is opened with the first address. */
export async function findPlace(path: string): Promise<Place> {
  if (!isS3(path)) return sharedFolder;
  buckets ??= openBuckets();
  return buckets;
}
