import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import webpack from "webpack";
import { readWorkspaces } from "../../scripts/workspaces.ts";
import { hasChromium } from "../support/chromium.ts";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { serveFolders } from "../support/static-server.ts";
import { testBrowser } from "../support/test-browser.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const published = readWorkspaces(root).filter(({ manifest }) => !manifest.private);
const researchName = "@kindling/models-research";
const scratch = mkdtempSync(join(tmpdir(), "kindling-installed-"));
// A name with a space, as people's folders have.
const folder = join(scratch, "a new project");
const tarballs = new Map<string, string>();
const minutes = 60_000;

/** What a project that never saw this repository has: its settings of npm and of hooks must not count. */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS|VITEST)/i.test(name))),
  ONNXRUNTIME_NODE_INSTALL: "skip",
};
const shell = process.platform === "win32";

function run(program: string, ...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: folder, env, encoding: "utf8", shell });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

function install(...specifiers: readonly string[]): void {
  run("npm", "install", "--no-audit", "--no-fund", "--prefer-offline", ...specifiers);
}

const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
const sizeOf = (path: string) => sharp(readFileSync(join(folder, path))).metadata();

beforeAll(async () => {
  const packages = published.flatMap(({ folder: at }) => ["-w", at]);
  const pack = ["pack", ...packages, "--json", "--ignore-scripts", "--pack-destination", scratch];
  execFileSync("npm", pack, { cwd: root, shell, stdio: "ignore" });
  const files = readdirSync(scratch);
  for (const { manifest } of published) {
    const name = `${manifest.name.replace("@", "").replace("/", "-")}-${manifest.version}.tgz`;
    if (!files.includes(name)) throw new Error(`${name} was not packed.`);
    tarballs.set(manifest.name, join(scratch, name));
  }
  mkdirSync(folder);
  write("package.json", JSON.stringify({ name: "new", version: "1.0.0", private: true }));
  await writeDarkPhoto(join(folder, "dark.jpg"));
  install("@types/node@20", ...[...tarballs].filter(([name]) => name !== researchName).map(([, tarball]) => tarball));
  // Half a gigabyte is written, which takes seconds or, on a busy machine, a quarter of an hour.
}, 45 * minutes);
afterAll(() => rmSync(scratch, { recursive: true, force: true }), 10 * minutes);

describe("the packages, installed from their tarballs outside this repository", () => {
  test("are the installed ones, and nothing of this repository", () => {
    for (const [name] of tarballs) {
      if (name === researchName) continue;
      const files = readdirSync(join(folder, "node_modules", name));
      expect(files, name).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
      expect(files, name).not.toContain("src");
    }
  });

  test(
    "give the command, with the free networks alone",
    async () => {
      expect(run("npx", "kindling", "--version").trim()).toBe(published[0]?.manifest.version);
      const methods = run("npx", "kindling", "methods");
      expect(methods).toContain("ember.free");
      expect(methods).toContain("kind.free");
      expect(methods).not.toContain("gladnet.");
      run("npx", "kindling", "enhance", "dark.jpg", "-o", "by command", "--device", "cpu");
      expect(await sizeOf("by command/dark.jpg")).toMatchObject({ format: "jpeg" });
      const refused = spawnSync("npx", ["kindling", "enhance", "dark.jpg", "-m", "gladnet", "-o", "none"], {
        cwd: folder,
        env,
        encoding: "utf8",
        shell,
      });
      expect(refused.status).not.toBe(0);
      expect(refused.stderr).toMatch(/npm install @kindling\/models-research/);
    },
    5 * minutes,
  );

  test.each([
    ["an ES module", "use.mjs", 'import { openEnhancer, readPhoto, writePhoto } from "kindling";', ""],
    ["CommonJS", "use.cjs", 'const { openEnhancer, readPhoto, writePhoto } = require("kindling");', ""],
  ])(
    "are a library for %s",
    async (_, file, loading) => {
      write(
        file,
        `${loading}
async function main() {
  const enhancer = await openEnhancer({ device: "cpu" });
  const scene = await enhancer.analyse(await readPhoto("dark.jpg"));
  await writePhoto(await scene.relight({ light: 2 }), "${file}.jpg");
  await enhancer.close();
}
main();
`,
      );
      run(process.execPath, file);
      expect(await sizeOf(`${file}.jpg`)).toMatchObject({ format: "jpeg" });
    },
    5 * minutes,
  );

  test(
    "have types for every entry that strict TypeScript accepts, libraries checked",
    () => {
      const entries = published
        .filter(({ manifest }) => !manifest.name.startsWith("@kindling/models"))
        .flatMap(({ manifest }) =>
          Object.keys(manifest.exports ?? {})
            .filter((entry) => !entry.includes("*"))
            .map((entry) => manifest.name + entry.slice(1)),
        );
      expect(entries).toContain("kindling");
      expect(entries).toContain("@kindling/node/lab");
      const uses = entries.map((entry, i) => `import * as entry${i} from "${entry}";\nexport { entry${i} };`);
      write(
        "all.ts",
        `${uses.join("\n")}\nimport { openEnhancer } from "kindling";\nexport const made: number = 1;\nvoid openEnhancer;\n`,
      );
      write("required.cts", 'import { openEnhancer } from "kindling";\nvoid openEnhancer({ method: "lime" });\n');
      write(
        "tsconfig.json",
        JSON.stringify({
          compilerOptions: {
            module: "nodenext",
            target: "es2023",
            lib: ["es2023", "dom"],
            types: ["node"],
            strict: true,
            exactOptionalPropertyTypes: true,
            noUncheckedIndexedAccess: true,
            skipLibCheck: false,
            noEmit: true,
          },
          files: ["all.ts", "required.cts"],
        }),
      );
      const compiler = join(root, "node_modules/typescript/bin/tsc");
      run(process.execPath, compiler, "-p", ".");
      write("all.ts", 'import { openEnhancer } from "kindling";\nopenEnhancer({ method: 1 });\n');
      expect(() => run(process.execPath, compiler, "-p", ".")).toThrow(/Type 'number' is not assignable/);
    },
    5 * minutes,
  );

  test(
    "find the networks of papers as soon as these are installed, too",
    async () => {
      install(tarballs.get(researchName) ?? "");
      expect(run("npx", "kindling", "methods")).toMatch(/^kind\./m);
      run("npx", "kindling", "enhance", "dark.jpg", "-m", "msr-net", "-o", "by msr-net", "--device", "cpu");
      expect(await sizeOf("by msr-net/dark.jpg")).toMatchObject({ format: "jpeg" });
    },
    10 * minutes,
  );
});

const bundlers = {
  async Vite(entries: string, outDir: string) {
    const options = { outDir, minify: false } as const;
    await build({ configFile: false, root: entries, logLevel: "error", worker: { format: "es" }, build: options });
  },
  async webpack(entries: string, path: string) {
    const options = { context: entries, entry: "./main.js", output: { path, filename: "main.js" } };
    const errors = await new Promise((settle, fail) => {
      webpack({ ...options, mode: "production", optimization: { minimize: false } }, (error, stats) => {
        if (error) fail(error);
        else settle(stats?.toJson({ all: false, errors: true }).errors);
      });
    });
    expect(errors).toEqual([]);
    copyFileSync(join(entries, "index.html"), join(path, "index.html"));
  },
};

describe.skipIf(!hasChromium)("the installed @kindling/browser", () => {
  const browser = testBrowser("--disable-gpu");

  test.each(Object.entries(bundlers))(
    "is bundled by %s and enhances a photo in a page",
    async (name, bundle) => {
      const entries = join(folder, "page");
      mkdirSync(entries, { recursive: true });
      const example = join(root, "packages/browser/example");
      for (const file of readdirSync(example)) copyFileSync(join(example, file), join(entries, basename(file)));
      const built = join(folder, "built", name);
      await bundle(entries, built);
      const server = await serveFolders({ "/": built }, { isolated: true });
      const page = await browser().newPage();
      try {
        await page.goto(server.url);
        await page.locator("[type=file]").setInputFiles(join(folder, "dark.jpg"));
        await page.getByText("Light: auto").waitFor();
      } finally {
        await page.close();
        await server.close();
      }
    },
    5 * minutes,
  );
});
