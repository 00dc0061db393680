import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startTestServer } from "../support/test-server.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dockerfile = readFileSync(join(root, "Dockerfile"), "utf8");

test("the linter of Dockerfiles finds no fault", () => {
  const linter = join(root, "node_modules/dockerfilelint/bin/dockerfilelint");
  const found = JSON.parse(
    execFileSync(process.execPath, [linter, "-o", "json", "Dockerfile"], { cwd: root }).toString(),
  );
  expect(found).toMatchObject({ totalIssues: 0 });
});

test("the image runs as nobody, is watched over, and is stopped by the signal that the server knows", () => {
  const [, final = ""] = dockerfile.split(/^FROM (?=.*slim$)/m).slice(-2);
  expect(final).toMatch(/^USER \d{4,}:\d{4,}$/m);
  const [, check = ""] = /^HEALTHCHECK [^\n]*\n +CMD \["node", "(.+?)"\]$/m.exec(final) ?? [];
  expect(existsSync(join(root, check))).toBe(true);
  expect(final).toMatch(/^STOPSIGNAL SIGTERM$/m);
  // The signal reaches the server only where no shell stands between.
  expect(final).toMatch(/^ENTRYPOINT \[/m);
  expect(final).not.toMatch(/--chown=10001|chmod|VOLUME/);
});

test("what the image copies is there, and what it must not hold is left out", () => {
  const copied = [...dockerfile.matchAll(/^COPY --from=build .*?\/src\/(\S+)/gm)].map(([, path = ""]) => path);
  expect(copied.length).toBeGreaterThan(3);
  expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const ignored = readFileSync(join(root, ".dockerignore"), "utf8").split("\n");
  expect(ignored).toContain("*");
  expect(ignored).toContain("**/node_modules");
  // Everything that the build compiles.
  const { references } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));
  for (const { path } of references) expect(ignored, path).toContain(`!${path.split("/")[0]}`);
  for (const name of readdirSync(root).filter((entry) => /^tsconfig(\.base)?\.json$/.test(entry))) {
    expect(ignored).toContain(`!${name}`);
  }
});

test("the check of the image tells a server that lives from none", async () => {
  const server = await startTestServer();
  const { port } = new URL(server.url);
  const check = (wanted: string) =>
    new Promise<number | null>((resolve) => {
      const environment = { ...process.env, KINDLING_SERVE_PORT: wanted };
      spawn(process.execPath, [join(root, "apps/server/bin/check-health.js")], { env: environment }).on(
        "exit",
        resolve,
      );
    });
  expect(await check(port)).toBe(0);
  await server.stop();
  expect(await check(port)).toBe(1);
});
