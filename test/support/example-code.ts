import { ts } from "ts-morph";

/** An example of a docstring. */
export interface Example {
  readonly code: string;
  /** Names that it uses and does not declare. */
  readonly uses: ReadonlySet<string>;
  /** Whether it is to be run: its first line is the comment `// runs`. */
  readonly runs: boolean;
  /** Whether a comment gives the value of a statement, which only a run can check. */
  readonly promises: boolean;
}

/** Modules by specifier. */
export type Modules = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Reads an example: plain TypeScript, where top-level `await` is allowed. */
export function parseExample(code: string): Example {
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node))
      (isDeclaredName(node) ? declared : isMemberName(node) ? undefined : used)?.add(node.text);
    ts.forEachChild(node, visit);
  };
  const source = sourceOf(code);
  visit(source);
  return {
    code,
    uses: new Set([...used].filter((name) => !declared.has(name))),
    runs: /^\/\/ runs$/m.test(code.split("\n", 1)[0] ?? ""),
    promises: source.statements.some((statement) => expectedAfter(code, statement) !== undefined),
  };
}

/** The imports that code writes itself: specifiers, and the names taken from each; none for `import * as`. */
export function importsOfCode(code: string): { readonly specifier: string; readonly names: readonly string[] }[] {
  return sourceOf(code)
    .statements.filter(ts.isImportDeclaration)
    .map(({ importClause, moduleSpecifier }) => {
      const bindings = importClause?.namedBindings;
      const elements = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
      return {
        specifier: (moduleSpecifier as ts.StringLiteral).text,
        names: elements.map(({ propertyName, name }) => (propertyName ?? name).text),
      };
    });
}

/**
 * Runs an example and compares the values it computes with those that its comments give.
 *
 * A line such as `psnr(result, reference); // 28.13` or `const [red] = lightOfKelvin(3000); // 1` is checked: numbers
 * with as many decimals as written, lists element by element, a tensor by its shape. Other comments are prose.
 *
 * @param modules those that it imports.
 * @param names values of the names that it uses without importing them.
 * @returns how many values were compared.
 */
export async function runExample(
  { code, uses }: Example,
  modules: Modules,
  names: Readonly<Record<string, unknown>>,
): Promise<number> {
  let compared = 0;
  const compare = (value: unknown, expected: string) => {
    compared++;
    if (!equals(value, expected)) throw new Error(`The example says ${expected}, but it is ${show(value)}.`);
    return value;
  };
  const given = [...uses].filter((name) => name in names);
  const script = ts.transpile(instrument(code), { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext });
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const run = new AsyncFunction("$modules", "$compare", ...given, script);
  await run(modules, compare, ...given.map((name) => names[name]));
  return compared;
}

const valuePattern = /^(-?\d[\d.]*|-?Infinity|true|false|null|".*"|\[.*\])$/;

/** Replaces imports by constants, and puts a comparison behind each statement whose comment is a value. */
function instrument(code: string): string {
  const source = sourceOf(code);
  let script = code;
  for (const statement of source.statements.toReversed()) {
    const replaced = ts.isImportDeclaration(statement)
      ? constantOf(statement)
      : withComparison(statement, expectedAfter(code, statement));
    if (replaced !== undefined) script = script.slice(0, statement.getStart()) + replaced + script.slice(statement.end);
  }
  return script;
}

function constantOf({ importClause, moduleSpecifier }: ts.ImportDeclaration): string {
  const bindings = importClause?.namedBindings;
  const module = `$modules[${moduleSpecifier.getText()}]`;
  if (!bindings) return "";
  if (ts.isNamespaceImport(bindings)) return `const ${bindings.name.text} = ${module};`;
  return `const { ${bindings.elements.map(({ name }) => name.text).join(", ")} } = ${module};`;
}

function expectedAfter(code: string, statement: ts.Statement): string | undefined {
  const [comment] = ts.getTrailingCommentRanges(code, statement.end) ?? [];
  const text = comment && code.slice(comment.pos + 2, comment.end).trim();
  return text !== undefined && valuePattern.test(text) ? JSON.stringify(text) : undefined;
}

function withComparison(statement: ts.Statement, expected: string | undefined): string | undefined {
  if (expected === undefined) return undefined;
  if (ts.isExpressionStatement(statement)) return `$compare(${statement.expression.getText()}, ${expected});`;
  if (!ts.isVariableStatement(statement)) return undefined;
  const [{ name }] = statement.declarationList.declarations;
  const value = ts.isIdentifier(name) ? name.text : firstNameOf(name);
  return `${statement.getText()} $compare(${value}, ${expected});`;
}

function firstNameOf(pattern: ts.BindingPattern): string {
  for (const element of pattern.elements) if (ts.isBindingElement(element)) return element.name.getText();
  return "undefined";
}

function equals(value: unknown, expected: string): boolean {
  if (typeof value === "number") {
    const decimals = expected.split(".")[1]?.length ?? 0;
    return expected.endsWith("Infinity") ? String(value) === expected : value.toFixed(decimals) === expected;
  }
  const elements = listOf(value);
  if (elements && /^\[.*\]$/.test(expected)) {
    const expectedElements = splitList(expected);
    return (
      elements.length === expectedElements.length &&
      elements.every((element, i) => equals(element, expectedElements[i]))
    );
  }
  return JSON.stringify(value) === expected;
}

/** The elements of a list of any kind; of a tensor of a graph its shape. */
function listOf(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  const isTensor = typeof value === "object" && value !== null && "shape" in value && "source" in value;
  return isTensor ? listOf(value.shape) : undefined;
}

/** `[1, [2, 3]]` as `1` and `[2, 3]`. */
function splitList(text: string): string[] {
  const list = ts.createSourceFile("list.ts", text, ts.ScriptTarget.ES2022, true).statements[0];
  const array = list && ts.isExpressionStatement(list) && list.expression;
  return array && ts.isArrayLiteralExpression(array) ? array.elements.map((element) => element.getText()) : [];
}

function show(value: unknown): string {
  return typeof value === "number" ? String(value) : JSON.stringify(listOf(value) ?? value);
}

function sourceOf(code: string): ts.SourceFile {
  return ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true);
}

function isDeclaredName(node: ts.Identifier): boolean {
  const { parent } = node;
  const declares =
    ts.isVariableDeclaration(parent) ||
    ts.isBindingElement(parent) ||
    ts.isParameter(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isNamespaceImport(parent);
  return declares && parent.name === node;
}

/** Whether the identifier names a property, not a variable. */
function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) return parent.name === node;
  return ts.isBindingElement(parent) && parent.propertyName === node;
}
