import type { PackageManifest } from "../workspaces.ts";

/** What all packages have from the manifest of the repository's root. */
export interface RootManifest {
  readonly author: string;
  readonly homepage: string;
  readonly bugs: { readonly url: string };
  readonly repository: { readonly type: string; readonly url: string };
  readonly engines: { readonly node: string };
}

/** The repository's address in a browser, which is also that of `CITATION.cff`. */
export const addressOf = ({ repository }: RootManifest): string => repository.url.replace(/^git\+|\.git$/g, "");

const keywords = ["low-light", "image-enhancement", "photo", "night", "denoise", "retinex", "exposure"];

/**
 * A package's manifest with what npm and its readers need: where it comes from, whom to ask, which Node it runs on. Fields
 * of its own stay; keywords of its own come first.
 *
 * @param folder of the package, from the repository's root.
 */
export function completeManifest(manifest: PackageManifest, root: RootManifest, folder: string): PackageManifest {
  const { name, version, description, keywords: own = [], license, ...rest } = manifest;
  return {
    name,
    version,
    ...(description !== undefined && { description }),
    keywords: [...new Set([...own, ...keywords])],
    ...(license !== undefined && { license }),
    ...rest,
    author: root.author,
    homepage: root.homepage,
    bugs: root.bugs,
    repository: { ...root.repository, directory: folder },
    engines: root.engines,
    // Names with a scope are private unless this says otherwise.
    publishConfig: { access: "public" },
  };
}
