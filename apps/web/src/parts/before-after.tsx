import { useSignal } from "@preact/signals";
import { ChevronsLeftRight } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { words } from "../i18n/language.ts";

/** Shares of the picture (percent) that show it as it was, at points of the movement. */
const path = [85, 20, 50] as const;
const moveMs = 2600;
const longestFrameMs = 60;

/** A picture before and after, with a divider that moves once by itself, unless the person prefers stillness. */
export function BeforeAfter({ before, after }: { before: string; after: string }): JSX.Element {
  const say = words.value;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const split = useSignal<number>(isStill ? path[2] : path[0]);
  const isMoving = useSignal(!isStill);
  useEffect(() => {
    if (isStill) return;
    let frame = 0;
    let [elapsedMs, lastAt] = [0, performance.now()];
    const move = (now: number) => {
      if (!isMoving.peek()) return;
      // On a busy machine it moves slowly rather than by leaps.
      elapsedMs += Math.min(Math.max(now - lastAt, 0), longestFrameMs);
      lastAt = now;
      split.value = placeAt(Math.min(1, elapsedMs / moveMs));
      if (elapsedMs < moveMs) frame = requestAnimationFrame(move);
      else isMoving.value = false;
    };
    frame = requestAnimationFrame(move);
    return () => cancelAnimationFrame(frame);
  }, [isStill, isMoving, split]);
  return (
    <figure class="before-after" data-moving={isMoving.value}>
      <img src={before} alt={say.heroBefore} width={900} height={506} draggable={false} />
      <img
        src={after}
        alt={say.heroAfter}
        width={900}
        height={506}
        draggable={false}
        style={{ clipPath: `inset(0 0 0 ${split.value}%)` }}
      />
      <div class="compare-line" style={{ left: `${split.value}%` }}>
        <span class="compare-grip">
          <ChevronsLeftRight size={18} aria-hidden="true" />
        </span>
      </div>
      <input
        type="range"
        min={0}
        max={100}
        value={split.value}
        aria-label={say.compare}
        aria-valuetext={say.compareValue(Math.round(split.value))}
        onInput={(event) => {
          isMoving.value = false;
          split.value = event.currentTarget.valueAsNumber;
        }}
      />
      <span class="compare-tag is-before">{say.before}</span>
      <span class="compare-tag is-after">{say.after}</span>
    </figure>
  );
}

/** Where the divider stands when a share of the time is over: along the path, starting and stopping gently. */
function placeAt(done: number): number {
  const [first, middle, last] = path;
  const ease = (t: number) => t * t * (3 - 2 * t);
  return done < 0.6 ? first + (middle - first) * ease(done / 0.6) : middle + (last - middle) * ease((done - 0.6) / 0.4);
}
