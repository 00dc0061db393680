import { Brush, Eraser } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import { brush } from "../state/brush.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { isPainting, viewMode } from "../state/studio.ts";

/** The brush that paints light: on or off, brighter or darker, its size. */
export function BrushBox({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const { strokes } = photo.settings.now.value;
  return (
    <section class="control">
      <h2>{say.brush}</h2>
      <div class="chips">
        <button
          type="button"
          class="chip"
          aria-pressed={isPainting.value}
          onClick={() => {
            isPainting.value = !isPainting.value;
            if (isPainting.value) viewMode.value = "result";
          }}
        >
          <Brush size={15} aria-hidden="true" />
          {say.brushOn}
        </button>
        {strokes.length > 0 && (
          <button
            type="button"
            class="chip"
            onClick={() => photo.settings.settle({ ...photo.settings.now.peek(), strokes: [] })}
          >
            <Eraser size={15} aria-hidden="true" />
            {say.brushClear}
          </button>
        )}
      </div>
      {isPainting.value && (
        <>
          <p class="about">{say.brushHint}</p>
          <div class="chips">
            {[1, -1].map((stops) => (
              <button
                key={stops}
                type="button"
                class="chip"
                aria-pressed={brush.stops.value === stops}
                onClick={() => {
                  brush.stops.value = stops;
                }}
              >
                {stops > 0 ? say.brushBrighter : say.brushDarker}
              </button>
            ))}
          </div>
          <div class="row is-wide">
            <label for="brush-size">{say.brushSize}</label>
            <input
              id="brush-size"
              type="range"
              min={0.03}
              max={0.5}
              step={0.01}
              value={brush.size.value}
              onInput={(event) => {
                brush.size.value = event.currentTarget.valueAsNumber;
              }}
            />
            <output for="brush-size">{Math.round(100 * brush.size.value)}</output>
          </div>
        </>
      )}
    </section>
  );
}
