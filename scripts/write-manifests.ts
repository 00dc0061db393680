// Gives every published package the fields of the root's manifest, and its licence.   npm run manifests
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { completeManifest, type RootManifest } from "./release/complete-manifest.ts";
import { readWorkspaces } from "./workspaces.ts";

const root = JSON.parse(readFileSync("package.json", "utf8")) as RootManifest;
for (const { folder, manifest } of readWorkspaces()) {
  if (manifest.private) continue;
  writeFileSync(`${folder}/package.json`, `${JSON.stringify(completeManifest(manifest, root, folder), null, 2)}\n`);
  // A package under other terms has a licence of its own.
  if (manifest.license === "MIT" || !existsSync(`${folder}/LICENSE`)) copyFileSync("LICENSE", `${folder}/LICENSE`);
}
