import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What the scripts read and write of a `package.json`. */
export interface PackageManifest {
  readonly name: string;
  version: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly license?: string;
  readonly author?: string;
  readonly homepage?: string;
  readonly bugs?: Readonly<Record<string, string>>;
  readonly repository?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly publishConfig?: Readonly<Record<string, unknown>>;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

/** A package of the repository. */
export interface Workspace {
  /** From the repository's root: `packages/core`. */
  readonly folder: string;
  readonly manifest: PackageManifest;
}

/** The packages of a repository, as the `workspaces` of its `package.json` list them. */
export function readWorkspaces(root = "."): Workspace[] {
  const { workspaces } = readJson(root, "package.json") as { readonly workspaces: readonly string[] };
  const folders = workspaces.flatMap((pattern) => {
    if (!pattern.endsWith("/*")) return [pattern];
    const parent = pattern.slice(0, -2);
    return readdirSync(join(root, parent)).map((name) => `${parent}/${name}`);
  });
  return folders.map((folder) => ({ folder, manifest: readJson(root, `${folder}/package.json`) as PackageManifest }));
}

function readJson(root: string, file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), "utf8"));
}
