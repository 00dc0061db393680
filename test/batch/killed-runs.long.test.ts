import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { jsonLines, outcomeOf, runKindling, scratchFolder, startKindling } from "../support/run-kindling.ts";

const names = Array.from({ length: 8 }, (_, i) => `${i}.png`);
const kills = 25;

/** Starts a run, kills it some time after its first result, and counts the results it told. */
async function runAndKill(words: readonly string[], afterMs: number): Promise<number> {
  const child = startKindling(words);
  let timer: NodeJS.Timeout | undefined;
  child.stdout?.on("data", (chunk) => {
    if (String(chunk).includes('"enhanced"')) timer ??= setTimeout(() => child.kill("SIGKILL"), afterMs);
  });
  const { stdout } = await outcomeOf(child);
  clearTimeout(timer);
  // The last line may be cut short.
  return stdout.split("\n").filter((line) => line.startsWith('{"event":"enhanced"') && line.endsWith("}")).length;
}

describe("a run that is killed", { timeout: 3_600_000 }, () => {
  async function folderOfPhotos(): Promise<string> {
    const photos = join(scratchFolder(), "photos");
    for (const name of names) await writeDarkPhoto(join(photos, name), { width: 420, height: 320 });
    return photos;
  }

  let expected: ReadonlyMap<string, Buffer> | undefined;

  /** The results of a run that is left alone. */
  async function expectedResults(): Promise<ReadonlyMap<string, Buffer>> {
    if (expected === undefined) {
      const photos = await folderOfPhotos();
      const out = join(photos, "../once");
      await runKindling(["enhance", photos, "-o", out, "-m", "gamma"]);
      expected = new Map(names.map((name) => [name, readFileSync(join(out, name))]));
    }
    return expected;
  }

  async function expectAllOnce(folder: string): Promise<void> {
    const files = readdirSync(folder).filter((name) => !names.includes(name));
    expect(files).toEqual([".kindling.jsonl"]);
    for (const [name, bytes] of await expectedResults())
      expect(readFileSync(join(folder, name)).equals(bytes), name).toBe(true);
  }

  test.each(Array.from({ length: kills }, (_, i) => 8 * i))(
    "%d ms after its first result in place enhances no photo twice",
    async (ms) => {
      const photos = await folderOfPhotos();
      const words = ["enhance", photos, "-o", photos, "--overwrite", "-m", "gamma", "--json", "-j", "1"];
      await runAndKill(words, ms);
      expect(jsonLines((await runKindling(words)).stdout).at(-1)).toMatchObject({ failed: 0, stopped: 0 });
      await expectAllOnce(photos);
    },
  );

  test("while another one waits for its folder leaves the folder to the other", async () => {
    const photos = await folderOfPhotos();
    const out = join(photos, "../out");
    const words = ["enhance", photos, "-o", out, "-m", "gamma", "--json", "-j", "1"];
    const [, second, third] = await Promise.all([runAndKill(words, 50), runKindling(words), runKindling(words)]);
    for (const { stdout } of [second, third]) {
      const end = jsonLines(stdout).at(-1) as { enhanced: number; doneBefore: number };
      expect(end).toMatchObject({ failed: 0, stopped: 0 });
      expect(end.enhanced + end.doneBefore).toBe(names.length);
    }
    await expectAllOnce(out);
  });
});
