/** Files that are taken of folders dropped together: a folder of a whole disk is not meant. */
export const mostFiles = 500;

/** The files of a drop. */
interface DroppedFiles {
  readonly files: readonly File[];
  /** Whether the folders hold more, which were left out. */
  readonly isCut: boolean;
}

/** Collects the files of a drop, those in folders included; system files that begin with a dot are left out. */
export async function collectFiles(data: DataTransfer): Promise<DroppedFiles> {
  // Both must be read before the first await: afterwards the browser empties them.
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  const plain = [...data.files];
  if (!entries.some(({ isDirectory }) => isDirectory)) return { files: plain, isCut: false };
  const files: File[] = [];
  for (const entry of entries) await walk(entry, files);
  return { files: files.slice(0, mostFiles), isCut: files.length > mostFiles };
}

/** Walks on to one file more than are taken, which tells that there are more. */
async function walk(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (files.length > mostFiles || entry.name.startsWith(".")) return;
  if (entry.isFile) {
    const { file } = entry as FileSystemFileEntry;
    files.push(await new Promise<File>((resolve, reject) => file.call(entry, resolve, reject)));
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives a hundred at a time, and none at the end.
  for (;;) {
    const inside = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (inside.length === 0) return;
    for (const child of inside) await walk(child, files);
  }
}
