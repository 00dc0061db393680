import { createHash } from "node:crypto";
import { version } from "@kindling/node";

/**
 * The entity tag of a result, known before it is made: a hash of the photo, of everything asked for, and of the version.
 * It is weak: other processors round the last bit of a picture otherwise.
 *
 * @param contents files that the result is made of.
 * @param wanted what is asked for, as JSON.
 */
export function resultTag(contents: readonly (Uint8Array | undefined)[], wanted: object): string {
  const hash = createHash("sha256").update(JSON.stringify([version, wanted]));
  for (const content of contents) {
    hash.update(
      createHash("sha256")
        .update(content ?? "")
        .digest(),
    );
  }
  return `W/"${hash.digest("base64url").slice(0, 27)}"`;
}

/** Whether a header `If-None-Match` holds an entity tag; tags are compared weakly (RFC 9110, 13.1.2). */
export function holdsTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const opaque = (text: string) => text.trim().replace(/^W\//, "");
  return header.trim() === "*" || header.split(",").some((given) => opaque(given) === opaque(tag));
}
