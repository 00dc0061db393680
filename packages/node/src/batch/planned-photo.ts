/** A photo to work on, and the path of its result. */
export interface PlannedPhoto {
  readonly input: string;
  readonly output: string;
  /** Further files made with the result; the work is done once all of them exist. */
  readonly companions?: readonly string[];
  /** The files that the result is made from, if not `input` alone. */
  readonly sources?: readonly string[];
  /** The content of a photo that comes from no file; `input` is then only its name. */
  readonly content?: Uint8Array;
  /** The content of a mask for the light of this photo alone. */
  readonly mask?: Uint8Array | undefined;
  /** Whether the picture is drawn from no file: `input` is then only its name. */
  readonly isDrawn?: boolean;
}

/** All files made from a photo. */
export function outputsOf({ output, companions = [] }: PlannedPhoto): string[] {
  return [output, ...companions];
}
