import { Crop, RotateCcwSquare, RotateCwSquare } from "lucide-preact";
import type { JSX } from "preact";
import { formatNumber } from "../i18n/format-number.ts";
import { words } from "../i18n/language.ts";
import { cropRatios, cropToRatio, turnFrame } from "../state/framing.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { changeSettings, isPainting, viewMode } from "../state/studio.ts";
import { IconButton } from "./icon-button.tsx";
import { Slider } from "./slider.tsx";

/** Most degrees that a horizon is straightened by. */
const mostDegrees = 15;

/** Quarter turns, straightening and cropping. */
export function FrameBox({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const { frame } = photo.settings.now.value;
  const size = photo.photo.value?.originalSize ?? { width: 3, height: 2 };
  const isCropping = viewMode.value === "frame";
  return (
    <section class="control">
      <h2>{say.frame}</h2>
      <div class="chips">
        <button
          type="button"
          class="chip"
          aria-pressed={isCropping}
          onClick={() => {
            viewMode.value = isCropping ? "compare" : "frame";
            isPainting.value = false;
          }}
        >
          <Crop size={15} aria-hidden="true" />
          {say.crop}
        </button>
        <IconButton
          icon={RotateCcwSquare}
          label={say.turnLeft}
          onClick={() => changeSettings(photo, { frame: turnFrame(frame, -1) })}
        />
        <IconButton
          icon={RotateCwSquare}
          label={say.turnRight}
          onClick={() => changeSettings(photo, { frame: turnFrame(frame, 1) })}
        />
      </div>
      {isCropping && (
        <div class="chips">
          {cropRatios.map((ratio) => (
            <button
              key={ratio}
              type="button"
              class="chip"
              onClick={() => changeSettings(photo, { frame: cropToRatio(frame, size, ratio) })}
            >
              {ratio ?? say.cropAll}
            </button>
          ))}
        </div>
      )}
      <Slider
        photo={photo}
        id="straighten"
        label={say.straighten}
        min={-mostDegrees}
        max={mostDegrees}
        step={0.1}
        value={frame.degrees}
        shown={`${formatNumber(frame.degrees, { maximumFractionDigits: 1 })}°`}
        change={(degrees) => ({ frame: { ...photo.settings.now.peek().frame, degrees } })}
      />
    </section>
  );
}
