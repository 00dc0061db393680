import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Compiles examples by their files' names, each a module, in one strict project. Returns the compiler's errors, "" for none. */
export function compileExamples(examples: Iterable<readonly [file: string, code: string]>): string {
  const folder = mkdtempSync(join(tmpdir(), "kindling-examples-"));
  try {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    for (const [file, code] of examples) writeFileSync(join(folder, file), `${code}\nexport {};\n`);
    const tsconfig = {
      extends: join(root, "tsconfig.checked.json"),
      compilerOptions: {
        lib: ["es2023", "dom", "dom.iterable"],
        noUnusedLocals: false,
        verbatimModuleSyntax: false,
        typeRoots: [join(root, "node_modules/@types")],
      },
      include: ["*.ts"],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    const { stdout } = spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", folder, "--pretty", "false"], {
      cwd: folder,
      encoding: "utf8",
    });
    return stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
