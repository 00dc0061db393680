// Fails when a package that can be published would not work for those who install it.
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { addressOf, completeManifest, type RootManifest } from "./release/complete-manifest.ts";
import { readWorkspaces, type Workspace } from "./workspaces.ts";

/** What `npm pack --json` says of a tarball. */
interface Packed {
  readonly name: string;
  readonly files: readonly { readonly path: string }[];
}

const workspaces = readWorkspaces();
const root = JSON.parse(readFileSync("package.json", "utf8")) as RootManifest;
const published = workspaces.filter(({ manifest }) => !manifest.private);
const unpublished = new Set(workspaces.filter(({ manifest }) => manifest.private).map(({ manifest }) => manifest.name));

async function lint({ folder, manifest }: Workspace): Promise<string[]> {
  const { messages } = await publint({ pkgDir: folder, strict: true });
  return messages.map((message) => formatMessage(message, manifest as never, { color: false }) ?? message.code);
}

function findFaults({ folder, manifest }: Workspace, files: readonly string[]): string[] {
  const needed = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
  return [
    ...(isDeepStrictEqual(manifest, completeManifest(manifest, root, folder))
      ? []
      : ["its manifest lacks fields of the root's: npm run manifests."]),
    ...["LICENSE", "README.md", "package.json"]
      .filter((file) => !files.includes(file))
      .map((file) => `its tarball has no ${file}.`),
    ...files.filter((file) => /\.test\.|tsbuildinfo|(^|\/)src\//.test(file)).map((file) => `its tarball has ${file}.`),
    ...needed.filter((name) => unpublished.has(name)).map((name) => `it needs ${name}, which is private.`),
  ];
}

/** What the citation lacks. */
function findCitationFaults(citation: string): string[] {
  return citation.includes(`repository-code: "${addressOf(root)}"`)
    ? []
    : ["CITATION.cff: another address: npm run manifests."];
}

/** Ranges of dependencies that two packages give differently: `kindling` needs again what its bundle takes from outside. */
function findRangeFaults(): string[] {
  const known = new Map<string, string>();
  return published.flatMap(({ folder, manifest }) =>
    Object.entries({ ...manifest.dependencies, ...manifest.optionalDependencies }).flatMap(([name, range]) => {
      const other = known.get(name) ?? range;
      known.set(name, range);
      return other === range ? [] : [`${folder}: it needs ${name} ${range}, another package ${other}.`];
    }),
  );
}

/** What is wrong with the bundle that the command runs from. */
function findBundleFaults(): string[] {
  const timeOf = (file: string) => statSync(`apps/cli/${file}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return timeOf("bundle/main.js") > timeOf("tsconfig.tsbuildinfo")
    ? []
    : ["apps/cli: its bundle is older than what it is made from: npm run compile."];
}

// The build is there: what packing would build again is not.
const pack = ["pack", "--dry-run", "--json", "--ignore-scripts", ...published.flatMap(({ folder }) => ["-w", folder])];
const shell = process.platform === "win32";
const packed = JSON.parse(execFileSync("npm", pack, { encoding: "utf8", shell, maxBuffer: 1e8 })) as
  | readonly Packed[]
  | Readonly<Record<string, Packed>>;
const files = new Map(Object.values(packed).map((tarball) => [tarball.name, tarball.files.map(({ path }) => path)]));

const lines = [
  ...findCitationFaults(readFileSync("CITATION.cff", "utf8")),
  ...findRangeFaults(),
  ...findBundleFaults(),
];
for (const workspace of published) {
  const faults = [...(await lint(workspace)), ...findFaults(workspace, files.get(workspace.manifest.name) ?? [])];
  lines.push(...faults.map((fault) => `${workspace.folder}: ${fault}`));
}
if (lines.length > 0) {
  console.error(lines.join("\n"));
  process.exitCode = 1;
} else {
  console.log(`${published.length} packages are as npm needs them.`);
}
