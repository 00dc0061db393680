/** Shortens the paths in a text to their last parts: the folders of one machine mean nothing to others. */
export function removeFolders(text: string): string {
  return text.replaceAll(/(?<![\w.])(?:\.{0,2}\/)(?:[^\s/='"]+\/)*(?=[^\s/])/g, "");
}
