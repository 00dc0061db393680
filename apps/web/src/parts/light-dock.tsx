import { useComputed } from "@preact/signals";
import { Sparkles } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import type { OpenPhoto } from "../state/open-photo.ts";

/** The levels of the slider: KinD's range from as it is to its bound, with a little room for darker. */
const [darkest, brightest, step] = [0.2, 5, 0.05];

/** The one control that matters: how light the photo shall be. */
export function LightDock({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const { light } = photo.settings.now.value;
  const autoLight = useComputed(() => Math.min(brightest, Math.max(darkest, photo.scene.value?.autoLight ?? 2)));
  const level = light === "auto" ? autoLight.value : light;
  const share = (level - darkest) / (brightest - darkest);
  const shown = level.toFixed(level < 1 ? 2 : 1);
  const change = (next: "auto" | number) => ({ ...photo.settings.now.peek(), light: next });
  return (
    <div class="light-dock">
      <label class="light-label" for="light">
        {say.light}
        <span class="light-number">{`× ${shown}`}</span>
      </label>
      <div class="light-track" style={{ "--at": share }}>
        <input
          id="light"
          type="range"
          min={darkest}
          max={brightest}
          step={step}
          value={level}
          aria-valuetext={light === "auto" ? `${say.lightAuto}, ${say.lightValue(shown)}` : say.lightValue(shown)}
          disabled={!photo.scene.value}
          onInput={(event) => photo.settings.attempt(change(event.currentTarget.valueAsNumber))}
          onChange={() => photo.settings.settle()}
        />
        <output class="light-value" for="light" aria-hidden="true">
          {`× ${shown}`}
        </output>
      </div>
      <button
        type="button"
        class="chip"
        aria-pressed={light === "auto"}
        title={say.lightAutoHint}
        disabled={!photo.scene.value}
        onClick={() => photo.settings.settle(change("auto"))}
      >
        <Sparkles size={15} aria-hidden="true" />
        {say.lightAuto}
      </button>
    </div>
  );
}
