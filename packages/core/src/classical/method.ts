import type { Steps } from "../flow/steps.ts";
import type { Picture } from "../image/picture.ts";
import type { Configurable, MethodSettings } from "../settings/method-settings.ts";

/** The publication a method comes from. */
export interface Paper {
  readonly title: string;
  readonly authors: string;
  readonly year: number;
  /** Journal, conference or book. */
  readonly venue: string;
  /** arXiv number or DOI. */
  readonly id?: string;
}

/** What a method needs besides the pixels of a file. */
export interface MethodContext {
  /**
   * Steps between black and white: 255 for 8-bit files, 65535 for 16-bit ones.
   * Histograms and fixed-point colour conversions work at this precision, so that an 8-bit photo gives byte for byte
   * what the reference implementation gives, and a 16-bit one shows no banding.
   */
  readonly levels: 255 | 65535;
}

/**
 * A classical low-light method: no training, one file, one paper.
 *
 * `enhance` reads the picture, never changes it, and returns a new one of the same size and channels, alpha copied
 * as it is, every colour sample finite and within 0 to 1. It works on grey and RGB, down to one pixel.
 */
export interface ClassicalMethod<Settings extends MethodSettings = MethodSettings> extends Configurable<Settings> {
  /** Its full name. */
  readonly title: string;
  /** When to use it and what it costs: two sentences at most. */
  readonly about: string;
  readonly paper: Paper;
  /** Whether it removes noise and leaves the light as it is. Such a method can also run after another one. */
  readonly removesNoise?: true;
  /** How long it takes on one core, told before it starts; only of methods that are slow by nature. */
  readonly duration?: string;
  readonly enhance: (picture: Picture, settings: Settings, context: MethodContext) => Steps<Picture>;
}
