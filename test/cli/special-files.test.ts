import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { writePairs } from "../support/pair-data.ts";
import { outcomeOf, runKindling, runKindlingHere, scratchFolder, startKindling } from "../support/run-kindling.ts";

/** Runs `kindling enhance` by gamma correction; a run that hangs ends with the test, which then fails. */
async function enhanceInTime(words: readonly string[]) {
  const child = startKindling(["enhance", ...words, "-m", "gamma"]);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return outcomeOf(child);
}

function makePipe(path: string): void {
  execFileSync("mkfifo", [path]);
}

describe.skipIf(process.platform === "win32")("only regular files are opened:", () => {
  test("pipes, sockets, devices and links to them are refused at once, and the photo beside them is done", async () => {
    const folder = scratchFolder();
    const photos = join(folder, "photos");
    await writeDarkPhoto(join(photos, "good.jpg"));
    makePipe(join(photos, "pipe.jpg"));
    symlinkSync("pipe.jpg", join(photos, "link.jpg"));
    symlinkSync("/dev/zero", join(photos, "zero.png"));
    const server = createServer().listen(join(photos, "socket.jpg"));
    onTestFinished(() => {
      server.close();
    });
    const { status, stdout, stderr } = await enhanceInTime([photos, "-o", join(folder, "out")]);
    expect(stdout).toContain("1 enhanced, 4 failed");
    for (const [name, kind] of [
      ["link.jpg", "a pipe, not a file"],
      ["pipe.jpg", "a pipe, not a file"],
      ["socket.jpg", "a socket, not a file"],
      ["zero.png", "a device, not a file"],
    ]) {
      expect(stderr).toContain(`failed: ${join(photos, name ?? "")}: it is ${kind}.\n`);
    }
    expect(status).toBe(1);
  });

  test("a pipe in the place of a result is not replaced, by --overwrite neither", async () => {
    const folder = scratchFolder();
    const [photo, pipe] = [join(folder, "a.jpg"), join(folder, "pipe.png")];
    await writeDarkPhoto(photo);
    makePipe(pipe);
    const { status, stderr } = await enhanceInTime([photo, "-o", pipe, "--overwrite"]);
    expect(stderr).toContain("pipe.png: it is a pipe, not a file.");
    expect(status).toBe(1);
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  test("a mask that is a pipe is refused", async () => {
    const folder = scratchFolder();
    await writeDarkPhoto(join(folder, "a.jpg"));
    makePipe(join(folder, "mask.png"));
    const { stderr } = await enhanceInTime([join(folder, "a.jpg"), "-o", folder, "--mask", join(folder, "mask.png")]);
    expect(stderr).toMatch(/mask\.png: it is a pipe, not a file/);
  });

  test.each([
    ["a pipe", (path: string, _victim: string) => makePipe(path)],
    ["a link", (path: string, victim: string) => symlinkSync(victim, path)],
  ])("a journal that is %s is refused in one line, and what it leads to stays", async (kind, make) => {
    const folder = scratchFolder();
    const [photo, out, victim] = [join(folder, "a.jpg"), join(folder, "out"), join(folder, "diary.txt")];
    await writeDarkPhoto(photo);
    writeFileSync(victim, "Dear diary");
    mkdirSync(out);
    make(join(out, ".kindling.jsonl"), victim);
    const { status, stderr } = await enhanceInTime([photo, "-o", out]);
    expect(stderr).toBe(`kindling: ${join(out, ".kindling.jsonl")}: it is ${kind}, not a file.\n`);
    expect(status).toBe(1);
    expect(readFileSync(victim, "utf8")).toBe("Dear diary");
  });

  test("the second Ctrl-C ends a command whatever it waits for", async () => {
    const folder = scratchFolder();
    makePipe(join(folder, "pipe"));
    const module = new URL("../../apps/cli/dist/commands/run-interruptibly.js", import.meta.url);
    // A blocking read of a pipe that nobody writes to keeps a thread of the process, which an orderly exit waits for.
    const script = `
      import { readFile } from "node:fs/promises";
      const { runInterruptibly } = await import(process.argv[1]);
      await runInterruptibly(async (signal) => {
        signal.addEventListener("abort", () => console.log("stopping"));
        console.log("reading");
        return readFile(process.argv[2]);
      });`;
    const words = ["--input-type=module", "-e", script, fileURLToPath(module), join(folder, "pipe")];
    const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => {
      child.kill("SIGKILL");
    });
    child.stdout.on("data", (chunk) => {
      // Each time with the read well under way.
      if (/reading|stopping/.test(String(chunk))) setTimeout(() => child.kill("SIGINT"), 200);
    });
    const signal = await new Promise((resolve) => child.on("close", (_status, name) => resolve(name)));
    expect(signal).toBe("SIGINT");
  });
});

describe("a report", () => {
  /** Each command that writes one, from a folder of pairs, with a file of theirs as the last word. */
  const commands = [
    ["compare", (data: string) => ["compare", join(data, "low/a.png"), join(data, "normal/a.png"), "-o"]],
    ["evaluate --html", (data: string) => ["evaluate", "he", "--pairs", data, "--html"]],
    ["evaluate --markdown", (data: string) => ["evaluate", "he", "--pairs", data, "--markdown"]],
    ["evaluate --csv", (data: string) => ["evaluate", "he", "--pairs", data, "--csv"]],
  ] as const;

  test.each(commands)("replaces a file only with --overwrite: %s", async (_name, wordsFor) => {
    const data = scratchFolder();
    await writePairs(data, ["a"]);
    const file = join(data, "mine.jpg");
    writeFileSync(file, "mine");
    const words = [...wordsFor(data), file];
    const refused = await runKindlingHere(words);
    expect(refused).toMatchObject({ status: 1, stdout: "" });
    expect(refused.stderr).toBe(
      `kindling: ${file}: there is such a file. Choose another name, or allow it by --overwrite.\n`,
    );
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect((await runKindlingHere([...words, "--overwrite"])).status).toBe(0);
    expect(readFileSync(file, "utf8")).not.toBe("mine");
  });

  test.skipIf(process.platform === "win32").each(commands)("never replaces a pipe: %s", async (_name, wordsFor) => {
    const data = scratchFolder();
    await writePairs(data, ["a"]);
    const pipe = join(data, "pipe");
    makePipe(pipe);
    const { status, stderr } = await runKindling([...wordsFor(data), pipe, "--overwrite"]);
    expect(stderr).toBe(`kindling: ${pipe}: it is a pipe, not a file.\n`);
    expect(status).toBe(1);
    expect(statSync(pipe).isFIFO()).toBe(true);
  });
});

describe("a result", () => {
  test("has the permissions of its photo, and its time with --keep-times", async () => {
    const folder = scratchFolder();
    const [photos, out] = [join(folder, "photos"), join(folder, "out")];
    const taken = new Date("2019-07-06T05:04:03Z");
    const modes = { "private.jpg": 0o600, "group.jpg": 0o640, "fixed.jpg": 0o444, "open.jpg": 0o666 };
    for (const [name, mode] of Object.entries(modes)) {
      await writeDarkPhoto(join(photos, name));
      utimesSync(join(photos, name), taken, taken);
      chmodSync(join(photos, name), mode);
    }
    const before = Date.now() - 2000;
    await runKindlingHere(["enhance", photos, "-o", out, "-m", "gamma"]);
    for (const [name, mode] of Object.entries(modes)) {
      const result = statSync(join(out, name));
      expect(result.mode & 0o777, name).toBe(mode);
      expect(result.mtimeMs).toBeGreaterThan(before);
    }
    await runKindlingHere(["enhance", photos, "-o", join(folder, "timed"), "-m", "gamma", "--keep-times"]);
    expect(statSync(join(folder, "timed/private.jpg")).mtimeMs).toBe(taken.getTime());
    await runKindlingHere(["enhance", photos, "-o", photos, "-m", "gamma", "--overwrite"]);
    expect(statSync(join(photos, "private.jpg")).mode & 0o777).toBe(0o600);
  });
});
