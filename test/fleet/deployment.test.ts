import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { submitPhotos } from "@kindling/worker";
import { Redis } from "ioredis";
import { describe, expect, onTestFinished, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { redisProgram, startRedis } from "../support/redis-server.ts";
import { runKindling, scratchFolder } from "../support/run-kindling.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const guide = readFileSync(join(root, "docs/FLEET.md"), "utf8");
const blockOf = (language: string) =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(guide)?.[1] ?? "";

/** Whether systemd's own check of units is on this machine. */
const hasAnalyser = (() => {
  try {
    execFileSync("systemd-analyze", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** What systemd says about a unit of FLEET.md; nothing where all is well. */
function verify(unit: string): string {
  const path = join(scratchFolder(), "kindling-work.service");
  writeFileSync(path, unit);
  return spawnSync("systemd-analyze", ["verify", "--man=no", path], { encoding: "utf8" }).stderr;
}

describe("the deployment that FLEET.md describes", () => {
  test.skipIf(!hasAnalyser)("has a unit in which systemd finds no fault", () => {
    const unit = blockOf("ini");
    const faults = (text: string) =>
      verify(text)
        .split("\n")
        .filter((line) => line.includes("kindling-work.service"));
    expect(faults(unit)).toEqual([]);
    expect(faults(unit.replace("MemoryMax=8G", "MemoryMax=plenty"))).toHaveLength(1);
  });

  interface Manifest {
    readonly kind: string;
    readonly metadata: { readonly name: string };
    // biome-ignore lint/suspicious/noExplicitAny: the form of a manifest is what the test looks at.
    readonly spec: any;
  }
  const documents = parseAllDocuments(blockOf("yaml"));
  const [deployment, scaler] = documents.map((document) => document.toJS() as Manifest);

  test("has manifests whose parts name each other, and a command that kindling takes", async () => {
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    const { template, selector } = deployment?.spec ?? {};
    expect(template.metadata.labels).toEqual(selector.matchLabels);
    expect(scaler?.spec.scaleTargetRef.name).toBe(deployment?.metadata.name);
    const [{ command, volumeMounts }] = template.spec.containers;
    expect(volumeMounts.map(({ name }: { name: string }) => name)).toEqual(
      template.spec.volumes.map(({ name }: { name: string }) => name),
    );
    const [program, ...words] = command;
    expect(program).toBe("kindling");
    // Without a queue it gets as far as asking for one.
    const { stderr } = await runKindling(words);
    expect(stderr).toMatch(/^kindling: --queue: expected redis:/);
  });

  test.skipIf(redisProgram === undefined)("scales by the key under which photos wait", async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const folder = scratchFolder();
    for (const name of ["a.jpg", "b.jpg"]) writeFileSync(join(folder, name), name);
    await submitPhotos({ queue: redis.url, inputs: [folder], out: join(folder, "out") });
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    const [waiting, returned] = scaler?.spec.triggers.map(({ metadata }: never) => metadata["listName"]) ?? [];
    expect([await client.type(waiting), await client.zcard(waiting)]).toEqual(["zset", 2]);
    expect(returned).toBe(waiting.replace("prioritized", "wait"));
  });
});
