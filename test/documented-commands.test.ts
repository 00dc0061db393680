import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { expect, test } from "vitest";
import { commandList } from "../apps/cli/src/commands/command-list.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith(".md") && name !== "CHANGELOG.md"),
  ...["docs", "docs/guides", "examples"].flatMap((folder) =>
    existsSync(join(root, folder)) ? readdirSync(join(root, folder)).map((name) => `${folder}/${name}`) : [],
  ),
].filter((name) => name.endsWith(".md"));

const commands = new Map<string, Command>();
for (const { name, load } of commandList) {
  const command = new Command(name);
  (await load())(command, () => undefined);
  commands.set(name, command);
}

/** Lines in code blocks that run `kindling`, without their explanations, which stand behind two spaces or more. */
function commandLines(text: string): string[] {
  return [...text.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block = ""]) => block.replaceAll("\\\n", " ").split("\n"))
    .map((line) => /^\s*(?:\$ )?(?:npx )?(kindling .+)$/.exec(line)?.[1] ?? "")
    .filter((line) => line !== "")
    .map((line) => line.replace(/\s{2,}\S.*$/, "").replace(/\s[#>|].*$/, ""));
}

/** What of a line no command takes: its name, or its options. */
function unknownWords(line: string): string[] {
  const [, name = "", ...words] = line.match(/"[^"]*"|\S+/g) ?? [];
  if (name.startsWith("-")) return [];
  const command = commands.get(name);
  if (!command) return [name];
  const optionOf = (word: string) => command.options.find(({ long, short }) => word === long || word === short);
  return words
    .filter((_, i) => !optionOf(words[i - 1] ?? "")?.required)
    .filter((word) => /^--?[a-z]/.test(word))
    .map((word) => word.split("=", 1)[0] ?? word)
    .filter((word) => !optionOf(word) && word !== "--help");
}

test("every command that a page shows has that name and those options", () => {
  const lines = pages.flatMap((page) =>
    commandLines(readFileSync(join(root, page), "utf8")).map((line) => ({ page, line })),
  );
  expect(lines.length).toBeGreaterThan(40);
  const faults = lines.flatMap(({ page, line }) => unknownWords(line).map((word) => `${page}: ${word} in ${line}`));
  expect(faults).toEqual([]);
});

test("a command or option that is not there is found", () => {
  expect(unknownWords("kindling brighten a.jpg")).toEqual(["brighten"]);
  expect(unknownWords('kindling enhance "my photos" --lite 2 -o out -l -1ev')).toEqual(["--lite"]);
});
