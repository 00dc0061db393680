// Gives every published package the fields of the root's manifest, and its licence; CITATION.cff the repository's address.
// npm run manifests
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { addressOf, completeManifest, type RootManifest } from "./release/complete-manifest.ts";
import { readWorkspaces } from "./workspaces.ts";

const root = JSON.parse(readFileSync("package.json", "utf8")) as RootManifest;
const citation = readFileSync("CITATION.cff", "utf8");
writeFileSync("CITATION.cff", citation.replace(/^repository-code: .*$/m, `repository-code: "${addressOf(root)}"`));
for (const { folder, manifest } of readWorkspaces()) {
  if (manifest.private) continue;
  writeFileSync(`${folder}/package.json`, `${JSON.stringify(completeManifest(manifest, root, folder), null, 2)}\n`);
  // A package under other terms has a licence of its own.
  if (manifest.license === "MIT" || !existsSync(`${folder}/LICENSE`)) copyFileSync("LICENSE", `${folder}/LICENSE`);
}
