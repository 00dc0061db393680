/**
 * The store of a run's files: a port, which `@kindling/node/lab` implements as a folder on the disk.
 *
 * The laboratory decides names and formats of the files. A name is relative to the run and separates folders by `/`:
 * `metrics.csv`, `samples/0-relight-500.webp`.
 */
export interface RunStore {
  /** The name of the run in messages, such as the path of its folder. */
  readonly place: string;

  /** Returns the name of a file in messages, such as its path. */
  locate(name: string): string;

  /**
   * Reads a file; returns undefined where there is none.
   *
   * @throws {KindlingError} `unreadable`.
   */
  read(name: string): Promise<Uint8Array | undefined>;

  /** Lists the names of the files in a folder of the run, relative to that folder; empty where there is no folder. */
  list(folder: string): Promise<readonly string[]>;

  /**
   * Writes a file, whole or not at all, in place of an older one of that name.
   *
   * @throws {KindlingError} `unwritable` or `disk-full`.
   */
  write(name: string, content: Uint8Array | string): Promise<void>;

  /**
   * Appends to a file. If the process is killed meanwhile, a part of the text may be missing.
   *
   * @throws {KindlingError} `unwritable` or `disk-full`.
   */
  append(name: string, text: string): Promise<void>;

  /** Removes unfinished files of killed processes. */
  removeAbandoned(): Promise<void>;
}
