import type { Signal } from "@preact/signals";
import { ChevronsLeftRight } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";

/** A part of the stage (px). */
export interface Region {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly height: number;
}

/** Width of a side that has room for its tag. */
const leastTagPx = 80;

/** The divider between before and after: a range input over the photo, so that keys and screen readers work. */
export function CompareDivider({ region, split }: { region: Region; split: Signal<number> }): JSX.Element {
  const { left, width, top, height } = region;
  const beforePx = (split.value * width) / 100;
  return (
    <div class="compare" style={{ left: `${left}px`, width: `${width}px`, top: `${top}px`, height: `${height}px` }}>
      <input
        type="range"
        min={0}
        max={100}
        step={1}
        value={split.value}
        aria-label={words.value.compare}
        aria-valuetext={words.value.compareValue(Math.round(split.value))}
        onInput={(event) => {
          split.value = event.currentTarget.valueAsNumber;
        }}
      />
      <div class="compare-line" style={{ left: `${split.value}%` }}>
        <span class="compare-grip">
          <ChevronsLeftRight size={18} aria-hidden="true" />
        </span>
      </div>
      <span class="compare-tag is-before" data-hidden={split.value < 12 || beforePx < leastTagPx}>
        {words.value.before}
      </span>
      <span class="compare-tag is-after" data-hidden={split.value > 88 || width - beforePx < leastTagPx}>
        {words.value.after}
      </span>
    </div>
  );
}
