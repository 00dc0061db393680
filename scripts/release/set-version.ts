import { KindlingError } from "@kindling/core";
import type { PackageManifest, Workspace } from "../workspaces.ts";

interface LockFile {
  readonly packages: Readonly<Record<string, PackageManifest>>;
}

/**
 * The texts of all files that hold the version, with the new one: each package's manifest, with the packages of this
 * repository that it needs, and the lock file.
 *
 * @param lock the text of `package-lock.json`.
 * @returns texts by path from the repository's root.
 * @throws {KindlingError} `invalid-option` where the packages do not all have the same version.
 */
export function setVersion(workspaces: readonly Workspace[], lock: string, version: string): Map<string, string> {
  const names = new Set(workspaces.map(({ manifest }) => manifest.name));
  currentVersion(workspaces);
  const lockFile = JSON.parse(lock) as LockFile;
  const texts = new Map<string, string>();
  for (const { folder, manifest } of workspaces) {
    texts.set(`${folder}/package.json`, textOf(renumber(manifest, names, version)));
    const locked = lockFile.packages[folder];
    if (locked) renumber(locked, names, version);
  }
  return texts.set("package-lock.json", textOf(lockFile));
}

/**
 * The version that all packages have.
 *
 * @throws {KindlingError} `invalid-option` where they differ.
 */
export function currentVersion(workspaces: readonly Workspace[]): string {
  const versions = new Set(workspaces.map(({ manifest }) => manifest.version));
  const [version] = versions;
  if (version !== undefined && versions.size === 1) return version;
  throw new KindlingError("invalid-option", `package.json: expected one version, found ${[...versions].join(", ")}.`);
}

/** Gives a manifest the version, and all dependencies that are among these names. */
function renumber(manifest: PackageManifest, names: ReadonlySet<string>, version: string): PackageManifest {
  manifest.version = version;
  for (const dependencies of [manifest.dependencies, manifest.devDependencies, manifest.peerDependencies]) {
    for (const name of Object.keys(dependencies ?? {})) if (names.has(name)) dependencies![name] = version;
  }
  return manifest;
}

function textOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
