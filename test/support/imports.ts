import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Project, ts } from "ts-morph";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** One import, export-from, `import()` or type import of a source file. Paths begin at the repository's root. */
export interface Import {
  readonly file: string;
  /** The specifier as written. */
  readonly of: string;
  /** The file it names; undefined for packages and for files that are no TypeScript source. */
  readonly to: string | undefined;
}

const parsed = new Project({ skipAddingFilesFromTsConfig: true }).addSourceFilesAtPaths([
  join(root, "packages/*/src/**/*.ts"),
  join(root, "apps/*/{src,browser,build}/**/*.{ts,tsx}"),
  join(root, "{scripts,examples,bench,test}/**/*.ts"),
]);

/** Every TypeScript source of the repository, tests included. */
export const sources = parsed.map((source) => ({
  file: relative(root, source.getFilePath()),
  lines: source.getEndLineNumber(),
}));

const known = new Set(sources.map(({ file }) => file));

/** Every import of these sources, types included. */
export const imports: readonly Import[] = parsed.flatMap((source) => {
  const file = relative(root, source.getFilePath());
  return specifiersOf(source.compilerNode).map((of) => ({ file, of, to: resolve(file, of) }));
});

function resolve(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const path = join(dirname(file), specifier);
  return [path, path.replace(/\.js(x?)$/, ".ts$1")].find((candidate) => known.has(candidate));
}

function specifiersOf(source: ts.SourceFile): string[] {
  const specifiers: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier && ts.isStringLiteralLike(specifier)) specifiers.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return specifiers;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0];
  return undefined;
}

/**
 * The import circles between files: every strongly connected component of more than one file, or of one that imports
 * itself.
 *
 * Source: Tarjan, Depth-first search and linear graph algorithms, SIAM Journal on Computing 1(2), 1972.
 */
export function findCircles(among: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { file, to } of among) if (to !== undefined) targets.set(file, [...(targets.get(file) ?? []), to]);
  const circles: string[][] = [];
  const order = new Map<string, number>();
  const stack: string[] = [];
  /** The earliest file on the stack that this one reaches. */
  const visit = (file: string): number => {
    const own = order.size;
    order.set(file, own);
    stack.push(file);
    let earliest = own;
    for (const to of targets.get(file) ?? []) {
      if (!order.has(to)) earliest = Math.min(earliest, visit(to));
      else if (stack.includes(to)) earliest = Math.min(earliest, order.get(to) ?? own);
    }
    if (earliest === own) {
      const component = stack.splice(stack.indexOf(file));
      if (component.length > 1 || targets.get(file)?.includes(file)) circles.push(component.sort());
    }
    return earliest;
  };
  for (const file of targets.keys()) if (!order.has(file)) visit(file);
  return circles;
}
