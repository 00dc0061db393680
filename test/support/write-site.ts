import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Writes pages, by their address, with such bodies into a folder that ends with the test. */
export function writeSite(pages: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "kindling-site-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, body] of Object.entries(pages)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    const head =
      '<!doctype html><html lang="en"><title>Page</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">';
    writeFileSync(join(folder, name), `${head}<main><h1>Page</h1>${body}</main></html>`);
  }
  return folder;
}
