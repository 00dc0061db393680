import type { FinishedFile } from "@kindling/node/internal";

/** A photo, and its path below the folder that was searched, with `/` between its parts. */
export interface PlacedPhoto {
  readonly input: string;
  readonly below: string;
}

/** Where photos and results lie: a folder that all machines share, or a bucket. */
export interface Place {
  /** The path of something below a folder or prefix. */
  join(folder: string, below: string): string;
  /**
   * Finds the photos in a folder or below a prefix, one after the other, so that any number takes the same memory.
   *
   * @param leftOut a folder or prefix that is not searched: that of the results.
   * @throws {KindlingError} `not-found`, `unreadable`, `unavailable`.
   */
  find(folder: string, leftOut: string): AsyncIterable<PlacedPhoto>;
  /**
   * Gives the file of a photo on this machine.
   *
   * @param scratch a folder for what has to be fetched.
   * @throws {KindlingError} `not-found`, `unreadable`, `unavailable`.
   */
  fetch(input: string, scratch: string): Promise<string>;
  /** The path for which a result is staged on this machine. */
  stagingPath(output: string, scratch: string): string;
  /** The SHA-256 of what has a path, or another text where it cannot be known; undefined where nothing has it. */
  sha256At(path: string): Promise<string | undefined>;
  /**
   * Checks that a result may have a path.
   *
   * @throws {KindlingError} `unwritable` where it would leave its folder; `exists` where it would replace its own photo.
   */
  requireOwnPlace(input: string, output: string, folder: string): Promise<void>;
  /** Removes what dead workers left half written of a result. Only for who alone works on it. */
  clear(output: string): Promise<void>;
  /**
   * Gives a staged result its path: whole, or not at all.
   *
   * @throws {KindlingError} `unwritable`, `disk-full`, `unavailable`.
   */
  deliver(file: FinishedFile, output: string): Promise<void>;
}
