import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ts } from "ts-morph";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A symbol that a door exports. */
export interface PublicSymbol {
  readonly name: string;
  /** The door of the package that declares it; the doors of other packages may export it too. */
  readonly door: string;
  /** Source file that declares it, from the repository's root. */
  readonly file: string;
  readonly isFunction: boolean;
  /** The text of its docstring before the first tag; empty if it has none. */
  readonly docstring: string;
  /** The code of its `@example`s. */
  readonly examples: readonly string[];
  readonly declarations: readonly ts.Declaration[];
}

/** An entry of a package that users import: `@kindling/core`, `@kindling/node/lab`. */
interface Door {
  readonly name: string;
  readonly package: string;
  readonly types: string;
}

const packages = readdirSync(join(root, "packages")).map((folder) => `packages/${folder}`);

const entries: readonly Door[] = ["apps/server", "apps/worker", ...packages.toSorted()].flatMap((path) => {
  const { name, exports } = JSON.parse(readFileSync(join(root, path, "package.json"), "utf8"));
  return Object.entries<{ types?: string }>(exports).flatMap(([entry, { types }]) =>
    types && !entry.endsWith("/internal")
      ? [{ name: join(name, entry), package: path, types: join(root, path, types) }]
      : [],
  );
});

// The built declarations are read: they hold the docstrings, and are all that users get.
const program = ts.createProgram(
  entries.map(({ types }) => types),
  { module: ts.ModuleKind.NodeNext, noLib: true, skipLibCheck: true, types: [] },
);
const checker = program.getTypeChecker();

const exported = new Map(entries.map((door) => [door.name, symbolsOf(door)]));
const everyExported = new Set([...exported.values()].flatMap((symbols) => symbols.map(({ symbol }) => symbol)));

/** The names that each door exports. */
export const doors: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...exported].map(([door, symbols]) => [door, new Set(symbols.map(({ name }) => name))]),
);

/** Every symbol that a door exports, once: under a door of the package that declares it. */
export const publicSymbols: readonly PublicSymbol[] = listPublicSymbols();

/**
 * The types of Kindling that the signature of a symbol names and that no door exports, so that users cannot name
 * them.
 */
export function hiddenTypesOf({ declarations }: PublicSymbol): string[] {
  const hidden = new Set<string>();
  const visit = (node: ts.Node): void => {
    const name = ts.isTypeReferenceNode(node)
      ? node.typeName
      : ts.isExpressionWithTypeArguments(node)
        ? node.expression
        : undefined;
    const symbol = name && resolve(checker.getSymbolAtLocation(name));
    const isOurs = symbol?.declarations?.some((found) => isOwnFile(found) && !ts.isTypeParameterDeclaration(found));
    if (symbol && isOurs && !everyExported.has(symbol)) hidden.add(symbol.name);
    ts.forEachChild(node, visit);
  };
  for (const declaration of declarations) visit(declaration);
  return [...hidden];
}

function listPublicSymbols(): PublicSymbol[] {
  const listed = new Set<ts.Symbol>();
  return entries.flatMap((door) =>
    symbolsOf(door).flatMap(({ name, symbol }) => {
      const declarations = symbol.declarations ?? [];
      const file = relative(root, declarations[0]?.getSourceFile().fileName ?? "");
      if (listed.has(symbol) || !file.startsWith(`${door.package}/`)) return [];
      listed.add(symbol);
      return {
        name,
        door: door.name,
        file: file.replace("/dist/", "/src/").replace(/\.d\.ts$/, ".ts"),
        isFunction: isFunction(symbol),
        docstring: ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim(),
        examples: symbol
          .getJsDocTags(checker)
          .filter((tag) => tag.name === "example")
          .map(({ text }) => ts.displayPartsToString(text).trim()),
        declarations,
      };
    }),
  );
}

function symbolsOf({ types }: Door): { name: string; symbol: ts.Symbol }[] {
  const source = program.getSourceFile(types);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${relative(root, types)} is missing: run npx tsc -b first.`);
  return checker.getExportsOfModule(module).flatMap((found) => {
    const symbol = resolve(found);
    return symbol ? [{ name: found.name, symbol }] : [];
  });
}

function resolve(symbol: ts.Symbol | undefined): ts.Symbol | undefined {
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function isFunction(symbol: ts.Symbol): boolean {
  const declaration = symbol.valueDeclaration;
  if (!declaration) return false;
  return checker.getTypeOfSymbolAtLocation(symbol, declaration).getCallSignatures().length > 0;
}

function isOwnFile(node: ts.Node): boolean {
  const file = relative(root, node.getSourceFile().fileName);
  return file.startsWith("packages/") && !file.includes("node_modules");
}
