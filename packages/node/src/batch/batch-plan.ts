import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, extname, join, parse, relative, resolve, sep } from "node:path";
import { KindlingError, type PhotoFormat, type SampleDepth } from "@kindling/core";
import { glob, isDynamicPattern } from "tinyglobby";
import { readError } from "../photo/file-errors.ts";
import { formatOfPath, formatOfResult, requireWritableEnding } from "../photo/format-of-path.ts";
import { isPhotoName } from "../photo/photo-name.ts";

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
 * @param depth bits a sample of the results: with 16, photos whose own format is not written become TIFF instead of JPEG.
 * @throws {KindlingError} `invalid-option` if the ending of `out` and the format contradict each other, or if Kindling does
 * not write the format of that ending.
 */
export async function planBatch(
  inputs: readonly string[],
  out: string,
  format: PhotoFormat | "keep",
  depth: SampleDepth | "keep" = "keep",
): Promise<BatchPlan> {
  if (!(await isFolder(out))) requireWritableEnding(out, "--out");
  const failures: Failure[] = [];
  const found: FoundPhoto[] = [];
  for (const input of inputs) {
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
  return { ...placeResults(found, out, { format, depth }, failures), folder: out, format };
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
    throw new KindlingError("not-found", `${input}: no photos in this folder. Give a folder that holds some.`);
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
  const paths = (await glob(pattern, { onlyFiles: true, expandDirectories: false }))
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

/** How results are written, as far as their names tell. */
interface Writing {
  readonly format: PhotoFormat | "keep";
  readonly depth: SampleDepth | "keep";
}

function placeResults(
  found: readonly FoundPhoto[],
  out: string,
  writing: Writing,
  failures: Failure[],
): Pick<BatchPlan, "photos" | "failures"> {
  const takenBy = new Map<string, string>();
  const photos: PlannedPhoto[] = [];
  // In small letters: many disks do not tell night.JPG from night.jpg.
  const ownNames = new Set(
    found.flatMap(({ below }) => (formatOfPath(below) ? [resultName(below, writing).toLowerCase()] : [])),
  );
  for (const { path, below } of found) {
    const name = resultName(below, writing);
    // Cameras write night.cr2 and night.jpg together: the raw's result is then night.cr2.jpg.
    const holder = takenBy.get(join(out, name));
    const isTaken = ownNames.has(name.toLowerCase()) || (holder !== undefined && holder !== path);
    const isSecond = isTaken && !formatOfPath(below);
    const output = join(out, isSecond ? below + extname(name) : name);
    const other = takenBy.get(output);
    if (other === path) continue;
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

function resultName(path: string, { format, depth }: Writing): string {
  const wanted = format === "keep" ? formatOfResult(path, depth) : format;
  if (wanted === undefined || formatOfPath(path) === wanted) return path;
  return join(dirname(path), parse(path).name + endingOfFormat[wanted]);
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
