import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPhoto } from "@kindling/node";
import { describe, expect, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { type Finished, jsonLines, runKindling, scratchFolder } from "../support/run-kindling.ts";
import { writeDng } from "../support/write-dng.ts";

/** Runs `kindling enhance` by gamma correction with its standard streams redirected to files. */
function enhanceRedirected(words: readonly string[], input: string, output: string): Promise<Finished> {
  const through = ["sh", "-c", `exec "$@" < '${input}' > '${output}'`, "sh"];
  return runKindling(["enhance", ...words, "-m", "gamma"], through);
}

describe("kindling enhance -", () => {
  test("turns the photo on the standard input into the one on the standard output, byte for byte that of files", async () => {
    const folder = scratchFolder();
    const [photo, result, streamed] = ["a.jpg", "b.jpg", "c.jpg"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeDarkPhoto(photo);
    const { status, stderr } = await enhanceRedirected(["-"], photo, streamed);
    expect([status, stderr]).toEqual([0, ""]);
    await runKindling(["enhance", photo, "-o", result, "-m", "gamma"]);
    expect(readFileSync(streamed).equals(readFileSync(result))).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["a.jpg", "b.jpg", "c.jpg"]);
  });

  test("says that nothing came, and that a name is empty", async () => {
    const output = join(scratchFolder(), "a.jpg");
    const nothing = await enhanceRedirected(["-"], "/dev/null", output);
    expect(nothing.stderr).toMatch(/^kindling: The standard input is empty\. Check the command or file/);
    expect(nothing.status).toBe(1);
    const unnamed = await runKindling(["enhance", "", "-o", scratchFolder(), "-m", "gamma"]);
    expect(unnamed.stderr).toMatch(
      /^failed: photos: expected a file, a folder or a pattern; got the empty name ""\.$/m,
    );
    expect(unnamed.status).toBe(1);
  });

  test("takes each end alone, with a format of its own", async () => {
    const folder = scratchFolder();
    const [photo, png, webp] = [join(folder, "a.jpg"), join(folder, "a.png"), join(folder, "a.webp")];
    await writeDarkPhoto(photo);
    expect((await enhanceRedirected(["-", "-o", png], photo, join(folder, "report"))).status).toBe(0);
    expect((await enhanceRedirected([photo, "-o", "-", "-f", "webp"], "/dev/null", webp)).status).toBe(0);
    expect([(await readPhoto(png)).format, (await readPhoto(webp)).format]).toEqual(["png", "webp"]);
    expect(readFileSync(join(folder, "report"), "utf8")).toContain("- -> ");
  });

  test("develops a raw, and says on the standard error what is lost", async () => {
    const folder = scratchFolder();
    const [raw, result] = [join(folder, "a.dng"), join(folder, "a.jpg")];
    writeFileSync(raw, await writeDng("examples/references/still-life.jpg"));
    const { status, stderr } = await enhanceRedirected(["-"], raw, result);
    expect([status, stderr]).toEqual([
      0,
      "note: raw is written as JPEG\nnote: 8 bits a sample are all JPEG holds; depth 16 writes a TIFF\n",
    ]);
    expect((await readPhoto(result)).format).toBe("jpeg");
  });

  test("names what is no photo, and refuses what does not fit with a stream", async () => {
    const folder = scratchFolder();
    const [text, none] = [join(folder, "a.txt"), join(folder, "none")];
    writeFileSync(text, "Dear diary, it was dark.");
    const refused = await enhanceRedirected(["-"], text, none);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/^failed: -: not a photo Kindling can read.*\n$/);
    expect(readFileSync(none, "utf8")).toBe("");
    mkdirSync(join(folder, "photos"));
    for (const name of ["a.jpg", "b.jpg"]) await writeDarkPhoto(join(folder, "photos", name));
    for (const [words, reason] of [
      [["-", "-o", folder], /expected|needs the name of a file/],
      [[join(folder, "photos"), "-o", "-"], /--out -: expected one photo; got 2/],
      [["-", "--json"], /--json: the standard output takes the photo/],
    ] as const) {
      const { status, stderr } = await enhanceRedirected(words, text, none);
      expect(stderr).toMatch(reason);
      expect(status).toBe(2);
    }
  });
});

describe("kindling enhance", () => {
  test("with --suffix puts results beside their photos, and with --dry-run tells and writes nothing", async () => {
    const folder = scratchFolder();
    for (const name of ["a.jpg", "sub/b.png"]) await writeDarkPhoto(join(folder, name));
    const words = ["enhance", folder, "-o", folder, "--suffix", "-lit", "-m", "gamma"];
    const dry = await runKindling([...words, "--dry-run"]);
    expect(dry.stdout).toContain(`${join(folder, "a.jpg")} -> ${join(folder, "a-lit.jpg")}\n`);
    expect(dry.stdout).toContain("2 to be enhanced. Nothing was written.");
    expect(readdirSync(folder).sort()).toEqual(["a.jpg", "sub"]);
    expect((await runKindling(words)).stdout).toContain("2 enhanced");
    expect(existsSync(join(folder, "sub/b-lit.png"))).toBe(true);
    writeFileSync(join(folder, "c-lit.jpg"), "mine");
    await writeDarkPhoto(join(folder, "c.jpg"));
    const again = await runKindling([...words, "--dry-run", "--json"]);
    expect(again.status).toBe(1);
    expect(jsonLines(again.stdout)).toMatchObject([
      { event: "notice", path: folder, message: "2 results of earlier runs in it left out." },
      { event: "start", photos: 2, doneBefore: 2 },
      { event: "planned", input: join(folder, "c-lit.jpg"), output: join(folder, "c-lit-lit.jpg") },
      { event: "failed", input: join(folder, "c.jpg"), code: "exists" },
      { event: "end", enhanced: 0, planned: 1, failed: 1, doneBefore: 2, stopped: 0 },
    ]);
  });
});
