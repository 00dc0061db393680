/**
 * Where a run is kept: a port, which `@kindling/node/lab` implements as a folder on the disk.
 *
 * The laboratory decides names and formats of the files. A name is relative to the run and parts its folders by `/`:
 * `metrics.csv`, `samples/0-relight-500.webp`.
 */
export interface RunStore {
  /** What messages call the whole run, such as the path of its folder. */
  readonly place: string;

  /** What messages call a file of the run, such as its path. */
  locate(name: string): string;

  /**
   * Reads a file; gives undefined where there is none.
   *
   * @throws {KindlingError} `unreadable`.
   */
  read(name: string): Promise<Uint8Array | undefined>;

  /** Lists the names of the files in a folder of the run, without the folder's own; empty where there is no folder. */
  list(folder: string): Promise<readonly string[]>;

  /**
   * Writes a file whole or not at all, over an older one of that name.
   *
   * @throws {KindlingError} `unwritable` or `disk-full`.
   */
  write(name: string, content: Uint8Array | string): Promise<void>;

  /**
   * Appends to a file. Where the process is killed meanwhile, a part of the text may be missing.
   *
   * @throws {KindlingError} `unwritable` or `disk-full`.
   */
  append(name: string, text: string): Promise<void>;

  /** Removes what killed processes left half written. */
  removeAbandoned(): Promise<void>;
}
