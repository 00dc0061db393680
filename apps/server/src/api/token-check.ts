import { createHash, timingSafeEqual } from "node:crypto";
import { RequestError } from "../problems/problem.ts";

/**
 * Creates the check of the header `Authorization`. It takes as long for a wrong token as for a right one; without tokens it
 * lets everybody pass.
 */
export function createTokenCheck(tokens: readonly string[]): (authorization: string | undefined) => void {
  const known = tokens.map(digest);
  return (authorization) => {
    if (known.length === 0) return;
    const given = digest(/^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? "");
    // All are compared, so that the time tells nothing.
    const matches = known.filter((token) => timingSafeEqual(token, given)).length;
    if (matches === 0) throw new RequestError("unauthorised", "Send it in the header Authorization: Bearer <token>.");
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
