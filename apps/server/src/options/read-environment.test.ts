import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readEnvironment } from "./read-environment.ts";
import { readTokens } from "./read-tokens.ts";
import { serverOptions } from "./server-options.ts";

test("options come from the environment by their names; what is not Kindling's is left alone", () => {
  const given = {
    KINDLING_SERVE_MAX_MEGAPIXELS: "12",
    KINDLING_SERVE_TRUST_PROXY: "true",
    PORT: "1",
    KINDLING_STACK: "1",
  };
  const values = readEnvironment({ ...given, KINDLING_SERVE_TOKENS: "x" });
  expect(values).toEqual({ maxMegapixels: "12", trustProxy: true });
  expect(serverOptions.parse(values)).toMatchObject({ maxMegapixels: 12, trustProxy: true, port: 8080 });
});

test.each([
  ["KINDLING_SERVE_PROT", "9000", "there is no such option"],
  ["KINDLING_SERVE_TRUST_PROXY", "yes", "expected true or false"],
])("%s=%s is refused", (name, value, reason) => {
  expect(() => readEnvironment({ [name]: value })).toThrow(reason);
});

test("tokens come from a file and the environment; short ones are refused without being shown", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kindling-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "tokens");
  writeFileSync(file, "0123456789abcdef\n\nfedcba9876543210\n");
  expect(await readTokens(file, { KINDLING_SERVE_TOKENS: "aaaabbbbccccdddd, " })).toEqual([
    "aaaabbbbccccdddd",
    "0123456789abcdef",
    "fedcba9876543210",
  ]);
  expect(await readTokens(undefined, {})).toEqual([]);
  writeFileSync(file, "hunter2");
  const refusal = await readTokens(file, {}).catch(String);
  expect(refusal).toContain("at least 16 characters");
  expect(refusal).not.toContain("hunter2");
  writeFileSync(file, "\n");
  await expect(readTokens(file, {})).rejects.toMatchObject({ code: "invalid-option" });
  await expect(readTokens(join(folder, "none"), {})).rejects.toMatchObject({ code: "unreadable" });
});
