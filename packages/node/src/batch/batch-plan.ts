import { dirname, extname, join, parse, sep } from "node:path";
import { KindlingError, type PhotoFormat, type SampleDepth } from "@kindling/core";
import { stat } from "../photo/file-system.ts";
import { formatOfPath, formatOfResult, requireLikeEnding, requireWritableEnding } from "../photo/format-of-path.ts";
import { isPhotoName } from "../photo/photo-name.ts";
import { containerOfPath, endingOfVideo, isVideoName, type VideoContainer } from "../video/video-format.ts";
import { type Failure, type FoundPhoto, findPhotos, type Notice, standardStream } from "./find-photos.ts";
import { identity } from "./identity.ts";
import type { PlannedPhoto } from "./planned-photo.ts";

/** The work of a batch. */
export interface BatchPlan<Photo extends PlannedPhoto = PlannedPhoto> {
  readonly photos: readonly Photo[];
  readonly failures: readonly Failure[];
  readonly notices?: readonly Notice[];
  /** Folder of all results, where their journal is; undefined where `out` names the one result. */
  readonly folder: string | undefined;
  /** Format of the results: the requested one, or that of the named result's ending. */
  readonly format: PhotoFormat | "keep";
}

/** The ending of a result's name, by its format. */
export const endingOfFormat: Readonly<Record<PhotoFormat, string>> = {
  jpeg: ".jpg",
  png: ".png",
  webp: ".webp",
  avif: ".avif",
  tiff: ".tif",
};

/** How results are written, as far as their names tell. */
export interface Writing {
  readonly format: PhotoFormat | "keep";
  /** Bits a sample: with 16, photos whose own format is not written become TIFF instead of JPEG; default `keep`. */
  readonly depth?: SampleDepth | "keep";
  /** Goes between name and ending of results in a folder; default none. */
  readonly suffix?: string | undefined;
  /** The container of videos; without it videos are not looked for. */
  readonly container?: VideoContainer | "keep";
}

/**
 * Finds the photos of files, folders and globs, with videos where they are wanted, and gives each a path under `out`.
 *
 * Files go directly into `out`; photos of a folder or glob keep their path below it. `out` itself is never searched, nor
 * are folders of results (`findPhotos`). With one photo or video, an `out` with the ending of one is the path of the result.
 * `-` is the standard input among photos, the standard output as `out`.
 *
 * @throws {KindlingError} `invalid-option` if the ending of `out` and the format contradict each other, if Kindling does not
 * write the format of that ending, if it names one photo and there are several, if the suffix does not fit into a name or names no folder's results, or if a stream does
 * not stand alone.
 */
export async function planBatch(inputs: readonly string[], out: string, writing: Writing): Promise<BatchPlan> {
  const { format, suffix = "" } = writing;
  requireSuffix(suffix);
  if (!(await isFolder(out))) requireWritableEnding(out, "--out");
  const isWanted = writing.container ? (name: string) => isPhotoName(name) || isVideoName(name) : isPhotoName;
  const { photos: found, failures, notices } = await findPhotos(inputs, out, isWanted);
  await requireFolderForMany(found, out);
  const named = (await nameVideo(found, out, writing)) ?? (await nameResult(found, out, format));
  if (named === undefined) {
    const placed = placeResults(found, out, writing);
    return { ...placed, failures: [...failures, ...placed.failures], notices, folder: out, format };
  }
  if (suffix !== "") {
    throw new KindlingError("invalid-option", `--suffix ${suffix}: --out ${out} names the result. Give one of them.`);
  }
  return { photos: named.photos, failures, notices, folder: named.folder, format: named.format };
}

/** The plan of the one photo whose result `out` names; undefined where `out` is a folder. */
async function nameResult(
  found: readonly FoundPhoto[],
  out: string,
  format: PhotoFormat | "keep",
): Promise<Pick<BatchPlan, "photos" | "folder" | "format"> | undefined> {
  const isStreamed = await isFromOrToStream(found, out);
  const [first] = found;
  const ending = formatOfPath(out);
  if (found.length !== 1 || !first) return undefined;
  if (out === standardStream) return { photos: [{ input: first.path, output: out }], folder: undefined, format };
  if (!ending || (await isFolder(out))) return undefined;
  requireLikeEnding({ name: "--out", path: out }, { name: "--format", format });
  // A photo that is replaced must be in a journal, as if its folder were named, or the next run would do it again.
  const isInPlace = !isStreamed && (await identity(first.path)) === (await identity(out));
  const photos = [{ input: first.path, output: out }];
  return isInPlace ? { photos, folder: dirname(out), format } : { photos, folder: undefined, format: ending };
}

/** Refuses the name of a photo for several results: it would become a folder, where a photo was meant. */
async function requireFolderForMany(found: readonly FoundPhoto[], out: string): Promise<void> {
  if (found.length < 2 || !formatOfPath(out) || (await isFolder(out))) return;
  throw new KindlingError(
    "invalid-option",
    `--out ${out}: it names one photo; there are ${found.length} inputs. Name a folder, such as ${withoutEnding(out)}.`,
  );
}

/** The plan of the one video whose result `out` names; undefined where `out` is a folder, or the one input a photo. */
async function nameVideo(
  found: readonly FoundPhoto[],
  out: string,
  { format, container }: Writing,
): Promise<Pick<BatchPlan, "photos" | "folder" | "format"> | undefined> {
  const [first] = found;
  if (!container || (await isFolder(out))) return undefined;
  const ending = containerOfPath(out);
  // Of what is no photo ffmpeg decides whether it is a video: animated GIF, and endings that other files have, too.
  const mayBeVideo = (path: string) =>
    isVideoName(path) || (ending !== undefined && (isAnimationName(path) || !isPhotoName(path)));
  const isVideo = first !== undefined && mayBeVideo(first.path);
  if (!isVideo && !isVideoName(out)) return undefined;
  const refuse = (expected: string) => {
    throw new KindlingError("invalid-option", `--out ${out}: ${expected}.`);
  };
  if (out === standardStream) refuse("a video needs the name of a file or a folder");
  if (isVideoName(out) && !ending) refuse("expected the ending of a video that is written: .mp4, .mov, .mkv or .webm");
  if (found.length > 1 && ending) refuse(`it names one video; there are ${found.length} inputs. Name a folder`);
  if (!isVideo && first) refuse(`${first.path} is no video. Give the result the ending of a photo`);
  if (found.length === 1 && formatOfPath(out)) refuse(`${first?.path} is a video. Give the result its ending`);
  if (!first || !ending) return undefined;
  if (container !== "keep" && container !== ending) refuse(`it contradicts --container ${container}. Give one of them`);
  const photos = [{ input: first.path, output: out }];
  const isInPlace = (await identity(first.path)) === (await identity(out));
  return { photos, folder: isInPlace ? dirname(out) : undefined, format };
}

/** Whether a photo comes from the standard input or goes to the standard output; it must then be the only one. */
async function isFromOrToStream(found: readonly FoundPhoto[], out: string): Promise<boolean> {
  const isFromStream = found.some(({ path }) => path === standardStream);
  if (!isFromStream && out !== standardStream) return false;
  if (found.length > 1) {
    const name = isFromStream ? "- among the photos" : "--out -";
    throw new KindlingError("invalid-option", `${name}: expected one photo; got ${found.length}.`);
  }
  if (isFromStream && out !== standardStream && (!formatOfPath(out) || (await isFolder(out)))) {
    const expected = "a photo from the standard input needs the name of a file, or - for the standard output";
    throw new KindlingError("invalid-option", `--out ${out}: ${expected}.`);
  }
  return true;
}

/** Whether a file's name is that of a picture that may move. */
function isAnimationName(path: string): boolean {
  return /\.(gif|apng)$/i.test(path);
}

function withoutEnding(path: string): string {
  return join(dirname(path), parse(path).name);
}

function requireSuffix(suffix: string): void {
  if (!/[/\\\0]/.test(suffix)) return;
  throw new KindlingError("invalid-option", `--suffix ${suffix}: expected a part of a file name, without / and \\.`);
}

function placeResults(
  found: readonly FoundPhoto[],
  out: string,
  writing: Writing,
): Pick<BatchPlan, "photos" | "failures"> {
  const failures: Failure[] = [];
  const takenBy = new Map<string, string>();
  const photos: PlannedPhoto[] = [];
  // In small letters: many disks do not tell night.JPG from night.jpg.
  const ownNames = new Set(
    found.flatMap(({ below }) => (hasOwnEnding(below) ? [resultName(below, writing).toLowerCase()] : [])),
  );
  for (const { path, below } of found) {
    // A pattern such as {a,../b}/*.jpg leads out of its own folder; no result leaves that of the results.
    const inside = join(...below.split(sep).filter((segment) => segment !== ".."));
    const name = resultName(inside, writing);
    // Cameras write night.cr2 and night.jpg together: the raw's result is then night.cr2.jpg.
    const holder = takenBy.get(join(out, name));
    const isTaken = ownNames.has(name.toLowerCase()) || (holder !== undefined && holder !== path);
    const isSecond = isTaken && !hasOwnEnding(below);
    const output = join(out, isSecond ? inside + extname(name) : name);
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

/** Whether a result keeps the ending of its input, if no other is asked for. */
function hasOwnEnding(path: string): boolean {
  return formatOfPath(path) !== undefined || containerOfPath(path) !== undefined;
}

function resultName(path: string, { format, depth = "keep", suffix = "", container }: Writing): string {
  if (container && isVideoName(path)) {
    const { dir, name } = parse(path);
    return join(dir, name + suffix + endingOfVideo(path, container === "keep" ? undefined : container));
  }
  const wanted = format === "keep" ? formatOfResult(path, depth) : format;
  const { dir, name, ext } = parse(path);
  const ending = wanted === undefined || formatOfPath(path) === wanted ? ext : endingOfFormat[wanted];
  return join(dir, name + suffix + ending);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (known) => known.isDirectory(),
    () => false,
  );
}
