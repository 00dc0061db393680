import { basename, dirname, extname, join, parse, relative, resolve, sep } from "node:path";
import { KindlingError, type PhotoFormat } from "@kindling/core";
import { glob, isDynamicPattern } from "tinyglobby";
import { readError } from "../photo/file-errors.ts";
import { readdir, realpath, stat } from "../photo/file-system.ts";
import { formatOfPath } from "../photo/format-of-path.ts";
import { noPhotosError } from "../photo/no-photos-error.ts";
import { isPhotoName } from "../photo/photo-name.ts";
import { distinctPaths } from "./distinct-paths.ts";

/** A photo to work on, and the path of its result. */
export interface PlannedPhoto {
  readonly input: string;
  readonly output: string;
  /** Further files made with the result; the work is done once all of them exist. */
  readonly companions?: readonly string[];
  /** Whether the picture is drawn from no file: `input` is then only its name. */
  readonly isDrawn?: boolean;
}

/** An input that cannot be processed, and the reason. */
interface Failure {
  readonly input: string;
  readonly error: KindlingError;
}

/** The work of a batch. */
export interface BatchPlan<Photo extends PlannedPhoto = PlannedPhoto> {
  readonly photos: readonly Photo[];
  readonly failures: readonly Failure[];
  /** Folder of all results; undefined where `out` names the one result. */
  readonly folder: string | undefined;
  /** Format of the results: the requested one, or that of the named result's ending. */
  readonly format: PhotoFormat | "keep";
}

const endingOfFormat: Readonly<Record<PhotoFormat, string>> = {
  jpeg: ".jpg",
  png: ".png",
  webp: ".webp",
  avif: ".avif",
  tiff: ".tif",
};

/** A photo, and its path below the argument that named it: results keep this structure. */
interface FoundPhoto {
  readonly path: string;
  readonly below: string;
}

/**
 * Finds the photos of files, folders and globs, and gives each a path under `out`.
 *
 * Files go directly into `out`; photos of a folder or glob keep their path below it. `out` itself is never searched.
 * With one photo, an `out` with the ending of a photo is the path of the result.
 *
 * @throws {KindlingError} `invalid-option` if the ending of `out` and the format contradict each other.
 */
export async function planBatch(
  inputs: readonly string[],
  out: string,
  format: PhotoFormat | "keep",
): Promise<BatchPlan> {
  const failures: Failure[] = [];
  const found: FoundPhoto[] = [];
  for (const input of await distinctPaths(inputs)) {
    try {
      found.push(...(await findPhotos(input, out, failures)));
    } catch (cause) {
      failures.push({ input, error: readError(input, cause) });
    }
  }
  const ending = formatOfPath(out);
  if (ending && found.length === 1 && found[0] && !(await isFolder(out))) {
    if (format !== "keep" && format !== ending) {
      throw new KindlingError(
        "invalid-option",
        `--out ${out} and --format ${format} contradict each other. Give one of them.`,
      );
    }
    return { photos: [{ input: found[0].path, output: out }], failures, folder: undefined, format: ending };
  }
  return { ...placeResults(found, out, format, failures), folder: out, format };
}

async function findPhotos(input: string, out: string, failures: Failure[]): Promise<FoundPhoto[]> {
  const known = await stat(input).catch((cause) => {
    if (isDynamicPattern(input)) return undefined;
    throw cause;
  });
  if (!known) return findPhotosOfGlob(input, out);
  if (!known.isDirectory()) return [{ path: input, below: basename(input) }];
  const found = await findPhotosInFolder(input, input, await identity(out), failures);
  if (found.length === 0 && !failures.some((failure) => failure.input.startsWith(input))) {
    throw await noPhotosError(input);
  }
  return found;
}

async function findPhotosOfGlob(pattern: string, out: string): Promise<FoundPhoto[]> {
  const segments = pattern.split("/");
  const base = segments
    .slice(
      0,
      segments.findIndex((segment) => isDynamicPattern(segment)),
    )
    .join("/");
  const skipped = await identity(out);
  const paths = (await distinctPaths(await glob(pattern, { onlyFiles: true, expandDirectories: false })))
    .filter((path) => isPhotoName(path) && !resolve(path).startsWith(skipped + sep))
    .sort(byName);
  if (paths.length === 0) {
    throw new KindlingError("not-found", `${pattern}: no photos match. Check the pattern, and quote it for the shell.`);
  }
  return paths.map((path) => ({ path, below: relative(base || (pattern.startsWith("/") ? "/" : "."), path) }));
}

async function findPhotosInFolder(
  folder: string,
  top: string,
  skipped: string,
  failures: Failure[],
): Promise<FoundPhoto[]> {
  if ((await identity(folder)) === skipped && folder !== top) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  const found: FoundPhoto[] = [];
  for (const entry of entries.sort((a, b) => byName(a.name, b.name))) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".")) continue;
    if (entry.isDirectory()) {
      try {
        found.push(...(await findPhotosInFolder(path, top, skipped, failures)));
      } catch (cause) {
        failures.push({ input: path, error: readError(path, cause) });
      }
    } else if (isPhotoName(entry.name)) {
      found.push({ path, below: relative(top, path) });
    }
  }
  return found;
}

function placeResults(
  found: readonly FoundPhoto[],
  out: string,
  format: PhotoFormat | "keep",
  failures: Failure[],
): Pick<BatchPlan, "photos" | "failures"> {
  const takenBy = new Map<string, string>();
  const photos: PlannedPhoto[] = [];
  for (const { path, below } of found) {
    const output = join(out, withEnding(below, format));
    const other = takenBy.get(output);
    if (other !== undefined && resolve(other) === resolve(path)) continue;
    if (other !== undefined) {
      const reason = `its result would replace that of ${other}, ${output}. Enhance it into another --out.`;
      failures.push({ input: path, error: new KindlingError("exists", `${path}: ${reason}`) });
      continue;
    }
    takenBy.set(output, path);
    photos.push({ input: path, output });
  }
  return { photos, failures };
}

function withEnding(path: string, format: PhotoFormat | "keep"): string {
  const kept = formatOfPath(path);
  if (format === "keep" ? kept : kept === format) return path;
  // Bitmaps can be read but are not worth writing.
  const ending =
    format === "keep" ? (extname(path).toLowerCase() === ".bmp" ? ".png" : extname(path)) : endingOfFormat[format];
  return join(dirname(path), parse(path).name + ending);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (known) => known.isDirectory(),
    () => false,
  );
}

/** The real path of a file or folder, links resolved; of one that does not exist yet, its absolute path. */
export async function identity(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
