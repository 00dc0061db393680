import { extname, join } from "node:path";
import { KindlingError } from "@kindling/core";
import { readdir } from "./file-system.ts";

/** Files that are counted at most, so that a folder of millions is told in a moment. */
const mostFiles = 10_000;
const mostKinds = 6;

/** The error of a folder in which no photo was found: it names the kinds of files there are. */
export async function noPhotosError(folder: string): Promise<KindlingError> {
  const counts = new Map<string, number>();
  let total = 0;
  const queue = [folder];
  for (const path of queue) {
    for (const entry of await readdir(path, { withFileTypes: true }).catch(() => [])) {
      if (entry.name.startsWith(".") || total >= mostFiles) continue;
      if (entry.isDirectory()) queue.push(join(path, entry.name));
      if (!entry.isFile()) continue;
      total++;
      const kind = extname(entry.name).toLowerCase() || "no ending";
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  const kinds = [...counts].sort(([nameA, a], [nameB, b]) => b - a || nameA.localeCompare(nameB));
  const told = kinds.slice(0, mostKinds).map(([kind, count]) => `${count} ${kind}`);
  if (kinds.length > mostKinds) told.push(`${kinds.length - mostKinds} kinds more`);
  const found = total === 0 ? "" : ` It holds ${told.join(", ")}, which Kindling does not read.`;
  return new KindlingError("not-found", `${folder}: no photos in this folder.${found} Give a folder that holds some.`);
}
