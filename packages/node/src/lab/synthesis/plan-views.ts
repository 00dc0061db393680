import { readdir, stat } from "node:fs/promises";
import { basename, join, parse, relative } from "node:path";
import { KindlingError } from "@kindling/core";
import { readError } from "../../photo/file-errors.ts";
import type { PlannedPair } from "./dark-pair.ts";

/**
 * Plans views of a panorama, or of all in a folder: `low/panoramas/hall-1.png` and so on.
 *
 * @throws {KindlingError} `not-found` or `unreadable`; `not-found` also where the folder holds no `.hdr` file.
 */
export async function planViews(
  source: string,
  out: string,
  format: "png" | "webp",
  views: number,
): Promise<PlannedPair[]> {
  const files = await listPanoramas(source);
  return files.flatMap((input) => {
    const { dir, name } = parse(input === source ? basename(input) : relative(source, input));
    return Array.from({ length: views }, (_, view): PlannedPair => {
      const drawnFor = join("panoramas", dir, `${name}-${view + 1}`);
      const [low, normal] = [`${join(out, "low", drawnFor)}.${format}`, `${join(out, "normal", drawnFor)}.${format}`];
      return { input, output: low, companions: [normal], drawnFor, subject: "panorama" };
    });
  });
}

async function listPanoramas(source: string): Promise<string[]> {
  const refuse = (cause: unknown) => {
    throw readError(source, cause);
  };
  if (!(await stat(source).catch(refuse)).isDirectory()) return [source];
  const names = await readdir(source, { recursive: true }).catch(refuse);
  const files = names.filter((name) => /\.hdr$/i.test(name)).map((name) => join(source, name));
  if (files.length > 0) return files.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  throw new KindlingError("not-found", `${source}: no panoramas in this folder. Give a folder that holds .hdr files.`);
}
