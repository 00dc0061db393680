/** Files that are dropped together may be many; a folder of a whole disk is not meant. */
const mostFiles = 500;

/** Collects the files of a drop, those in folders included; system files that begin with a dot are left out. */
export async function collectFiles(data: DataTransfer): Promise<readonly File[]> {
  // Both must be read before the first await: afterwards the browser empties them.
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  const plain = [...data.files];
  if (!entries.some(({ isDirectory }) => isDirectory)) return plain;
  const files: File[] = [];
  for (const entry of entries) await walk(entry, files);
  return files;
}

async function walk(entry: FileSystemEntry, files: File[]): Promise<void> {
  if (files.length >= mostFiles || entry.name.startsWith(".")) return;
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
