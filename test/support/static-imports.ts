import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ts } from "ts-morph";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The built files that load with a file: itself and all it imports statically, in Kindling's packages alone. Paths begin
 * at the repository's root.
 */
export function findStaticImports(entry: string): string[] {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const from = createRequire(path);
    for (const specifier of readStaticSpecifiers(path)) {
      if (specifier.startsWith(".")) visit(join(dirname(path), specifier));
      else if (specifier.startsWith("@kindling/")) visit(from.resolve(specifier));
    }
  };
  visit(join(root, entry));
  return [...found].map((path) => relative(root, path)).sort();
}

const known = new Map<string, readonly string[]>();

/** What a built file imports or exports from, without `import()`; types are gone from built files. */
function readStaticSpecifiers(path: string): readonly string[] {
  const specifiers = known.get(path) ?? parseStaticSpecifiers(path);
  known.set(path, specifiers);
  return specifiers;
}

function parseStaticSpecifiers(path: string): string[] {
  const { statements } = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    return moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? [moduleSpecifier.text] : [];
  });
}
