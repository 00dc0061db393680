import { expect, test } from "vitest";
import { redactSecrets } from "./redact-secrets.ts";

test("passwords of addresses and given secrets are taken out, and nothing else", () => {
  const text = "rediss://user:pass-word@queue.local:6380/1 refused key k/e+y=1 of s3://bucket/a@b.jpg";
  expect(redactSecrets(text, ["k/e+y=1", ""])).toBe(
    "rediss://queue.local:6380/1 refused key *** of s3://bucket/a@b.jpg",
  );
});
