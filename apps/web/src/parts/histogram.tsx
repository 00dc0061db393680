import type { View } from "@kindling/browser";
import { area, curveMonotoneX } from "d3-shape";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";

const [width, height] = [256, 72];
const channels = ["red", "green", "blue"] as const;

/** Histogram of the photo: before as a line, after in colours. */
export function HistogramChart({ before, after }: { before: View; after: View | undefined }): JSX.Element {
  const say = words.value;
  return (
    <figure class="histogram">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={say.histogramAbout}>
        {after &&
          channels.map((name, i) => (
            <path
              key={name}
              class={`histogram-${name}`}
              d={drawCurve(after.histogram.subarray(i * 256, i * 256 + 256))}
            />
          ))}
        <path class="histogram-before" d={drawCurve(sumChannels(before.histogram))} />
      </svg>
      <figcaption>
        <span class="key-before">{say.before}</span>
        <span class="key-after">{say.after}</span>
      </figcaption>
    </figure>
  );
}

/** Draws the square roots of the counts, so that a black sky does not flatten the rest; two levels share a point. */
function drawCurve(counts: Uint32Array): string {
  const bars = Array.from({ length: 128 }, (_, i) => Math.sqrt((counts[2 * i] ?? 0) + (counts[2 * i + 1] ?? 0)));
  const most = Math.max(...bars.slice(1, -1), 1);
  const draw = area<number>(
    (_, i) => (i * width) / 127,
    height,
    (value) => height * (1 - Math.min(1, value / most)),
  );
  return draw.curve(curveMonotoneX)(bars) ?? "";
}

function sumChannels(histogram: Uint32Array): Uint32Array {
  return histogram.subarray(0, 256).map((count, i) => count + (histogram[256 + i] ?? 0) + (histogram[512 + i] ?? 0));
}
