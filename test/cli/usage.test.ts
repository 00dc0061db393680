import { methods } from "@kindling/core";
import { expect, test } from "vitest";
import { jsonLines, runKindlingHere } from "../support/run-kindling.ts";

test.each([
  [["enhance"], /missing required argument/],
  [["enhance", "a.jpg", "--bright"], /unknown option '--bright'/],
  [["enhance", "a.jpg", "-m", "magic"], /magic.*clahe/s],
  [["enhance", "a.jpg", "--light", "0"], /--light 0: expected auto, a number from 0.1 to 128, or stops such as \+1ev/],
  [["enhance", "a.jpg", "--jobs", "0"], /--jobs 0: expected a whole number from 1 to 256/],
  [["enhance", "a.jpg", "--format", "bmp"], /--format bmp: expected keep, jpeg/],
  [["enhance", "a.jpg", "--depth", "12"], /--depth 12: expected keep, 8 or 16/],
  [["enhance", "a.jpg", "-f", "jpeg", "--depth", "16"], /png, tiff or avif/],
  [["enhance", "a.jpg", "-m", "clahe", "-s", "shine=3"], /no setting is called shine\. It has: /],
  [["enhance", "a.jpg", "-m", "clahe", "-s", "fast=1"], /no setting is called fast\. It has: /],
  [["enhance", "a.jpg", "-m", "clahe", "-s", "clipLimit"], /expected name=number/],
  [["enhance", "a.jpg", "--max-megapixels", "none"], /--max-megapixels none: /],
  [
    ["enhance", "a.jpg", "--light", "+1"],
    /--light \+1: expected auto, a number from 0.1 to 128, or stops such as \+1ev/,
  ],
  [["enhance", "a.jpg", "--out", ""], /^kindling: --out: expected a value; it is empty\.$/m],
  [["enhance", "a.jpg", "--light="], /^kindling: --light: expected a value; it is empty\.$/m],
  [["shine"], /unknown command 'shine'.*--help lists/s],
  [["package.json"], /unknown command 'package.json'\n\(a command comes before photos: kindling enhance dark.jpg\)/],
])("kindling %j is wrong usage: it says what was expected and exits with 2", async (words, message) => {
  const { status, stdout, stderr } = await runKindlingHere(words);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/ {4}at /);
  expect(stdout).toBe("");
  expect(status).toBe(2);
});

test("the help of enhance teaches with examples and names every default", async () => {
  const { status, stdout } = await runKindlingHere(["enhance", "--help"]);
  expect(stdout).toContain("kindling enhance holiday/ -o lit/");
  expect(stdout.replace(/\s+/g, " ")).toMatch(/--out <path> .*\(default: enhanced; - where the photo is -\)/);
  expect(stdout).toContain("Exit status");
  expect(status).toBe(0);
});

test("methods lists every method, a name shows its paper and settings, and --json is for programs", async () => {
  const { stdout } = await runKindlingHere(["methods"]);
  expect(stdout).toMatch(/^Without weights, to train yourself .*: cyclegan, llnet, sid$/m);
  for (const name of ["gamma", "he", "ahe", "clahe", "ssr", "msr", "msrcr", "lime"]) {
    expect(stdout).toMatch(new RegExp(`^${name} `, "m"));
  }
  const card = await runKindlingHere(["methods", "lime"]);
  expect(card.stdout).toMatch(/Guo.*2017/s);
  expect(card.stdout).toContain("--set ");
  const network = await runKindlingHere(["methods", "msr-net"]);
  expect(network.stdout).toContain(
    "MSR-net: Low-light Image Enhancement Using Deep Convolutional Network. arXiv, 2017",
  );
  const [described] = jsonLines((await runKindlingHere(["methods", "msr-net", "--json"])).stdout);
  expect(described).toMatchObject([{ network: "msr-net", paper: { year: 2017 } }]);
  const untrained = await runKindlingHere(["methods", "sid"]);
  expect(untrained.stdout).toMatch(
    /^sid: without weights\. .*Learning to See in the Dark.*kindling train sid.*--set ratio=20/s,
  );
  const [cards] = jsonLines((await runKindlingHere(["methods", "--json"])).stdout);
  const listed = cards as unknown as readonly { network?: string }[];
  expect(listed.filter(({ network }) => network === undefined)).toHaveLength(methods.length);
  expect(listed.map(({ network }) => network)).toContain("ember");
  expect((await runKindlingHere(["methods", "magic"])).status).toBe(2);
});
