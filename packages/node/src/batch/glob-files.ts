import { realpath as realpathOfSystem } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { KindlingError } from "@kindling/core";
import { glob } from "tinyglobby";
import { realpath, stat } from "../photo/file-system.ts";
import { exactPaths } from "./distinct-paths.ts";
import { isWithin } from "./identity.ts";

/** What a pattern matches, and the links to folders on the way. */
export interface GlobbedFiles {
  readonly paths: readonly string[];
  /** Links that could be followed, by their absolute paths, with their targets; whether on the way to a match or not. */
  readonly followed: ReadonlyMap<string, string>;
  /** Links that were not followed, and why. */
  readonly refused: ReadonlyMap<string, string>;
}

/**
 * Finds the files that a pattern matches. Links to folders are followed, but neither back to a folder they lie in nor out
 * of a folder that is linked itself: links among folders make the ways through them endless or very many.
 *
 * @param base the folder that the pattern names before its first wildcard.
 */
export async function globFiles(pattern: string, base: string): Promise<GlobbedFiles> {
  const followed = new Map<string, string>();
  const refused = new Map<string, string>();
  const realBase = await realpath(base).catch(() => resolve(base));
  const follow = async (link: string): Promise<string> => {
    const target = await realpath(link);
    if (!(await stat(target)).isDirectory()) return target;
    const realFolder = await realpath(dirname(link));
    const isLoop = isWithin(realFolder, target);
    if (!isLoop && realFolder === join(realBase, relative(resolve(base), dirname(link)))) {
      followed.set(link, target);
      return target;
    }
    const reason = isLoop
      ? `it leads back to ${target}.`
      : "it lies in a linked folder. Name that folder to follow it.";
    refused.set(link, `link not followed: ${reason}`);
    throw new KindlingError("unreadable", `${link}: ${reason}`);
  };
  // The search asks for the target of each link, and passes over a link whose target it does not get.
  const resolveLink = (path: string, done: (error: Error | null, target?: string) => void) => {
    follow(resolve(path)).then((target) => done(null, target), done);
  };
  const paths = await glob(pattern, {
    onlyFiles: true,
    expandDirectories: false,
    fs: { realpath: Object.assign(resolveLink, { native: realpathOfSystem.native }) as typeof realpathOfSystem },
  });
  return { paths: (await Promise.all(paths.map(exactPaths))).flat(), followed, refused };
}
