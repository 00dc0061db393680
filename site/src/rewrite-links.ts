import { posix } from "node:path";

/** What a link of a page may lead to. */
export interface LinkTargets {
  /** Paths of all pages from the repository's root, as they are in the repository. */
  readonly pages: ReadonlySet<string>;
  /** Where files that are no pages are read, such as `https://host/project/blob/main/`. */
  readonly sources: string;
}

/** Pictures stand beside their pages in the site. */
const pictures = /\.(png|jpe?g|webp|avif|svg|gif)$/i;

/**
 * The path of a page in the site: the README of the repository is the first page, all others keep their place.
 *
 * @param page from the repository's root.
 */
export function placeOfPage(page: string): string {
  return page === "README.md" ? "index.md" : page;
}

/**
 * A page with its links as the site needs them: those to pages lead to pages, those to folders to the README in them, and
 * those to other files of the repository to where its source is read. Code stays as it is.
 *
 * @param page its path from the repository's root.
 */
export function rewriteLinks(text: string, page: string, targets: LinkTargets): string {
  // Code, in blocks and in lines, is kept by matching it first.
  const code = /(```[\s\S]*?```|`[^`\n]*`)/;
  const comment = /<!--[\s\S]*?-->\n*/g;
  const parts = text.replace(comment, "").split(code);
  return parts.map((part, i) => (i % 2 === 1 ? part : rewritePart(part, page, targets))).join("");
}

function rewritePart(text: string, page: string, targets: LinkTargets): string {
  return text
    .replace(/\]\(([^)\s]+)\)/g, (_, target: string) => `](${rewriteTarget(target, page, targets)})`)
    .replace(
      /^(\[[^\]]+\]: )(\S+)$/gm,
      (_, label: string, target: string) => label + rewriteTarget(target, page, targets),
    );
}

function rewriteTarget(target: string, page: string, { pages, sources }: LinkTargets): string {
  if (/^([a-z]+:|#)/.test(target)) return target;
  const [path = "", anchor] = target.split("#", 2);
  const wanted = posix.normalize(posix.join(posix.dirname(page), path)).replace(/\/$/, "");
  if (pictures.test(wanted)) return target;
  const found = [wanted, posix.join(wanted, "README.md")].find((candidate) => pages.has(candidate));
  if (found === undefined) return sources + wanted;
  const relative = posix.relative(posix.dirname(placeOfPage(page)), placeOfPage(found));
  const hash = anchor === undefined ? "" : `#${anchor}`;
  return `${relative.startsWith(".") ? relative : `./${relative}`}${hash}`;
}
