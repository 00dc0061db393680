import { Copy } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import { assumedLight } from "../state/light-options.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { presets } from "../state/presets.ts";
import type { Settings } from "../state/settings.ts";
import { applyToAll, changeSettings, photos } from "../state/studio.ts";

/** Presets to begin with, and a button that gives all photos these settings. */
export function PresetBox({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const now = photo.settings.now.value;
  const autoLight = photo.scene.value?.autoLight;
  const isChosen = (settings: Partial<Settings>) =>
    Object.entries(settings).every(([name, value]) => now[name as keyof Settings] === value);
  return (
    <section class="control">
      <h2>{say.presets}</h2>
      <div class="chips">
        {presets.map(({ name, settingsAt }) => {
          const settings = settingsAt(autoLight ?? assumedLight);
          return (
            <button
              key={name(say)}
              type="button"
              class="chip"
              aria-pressed={isChosen(settings)}
              disabled={autoLight === undefined}
              onClick={() => changeSettings(photo, settings)}
            >
              {name(say)}
            </button>
          );
        })}
      </div>
      {photos.value.length > 1 && (
        <button type="button" class="plain-button" onClick={() => applyToAll(photo)}>
          <Copy size={16} aria-hidden="true" />
          {say.applyAll}
        </button>
      )}
    </section>
  );
}
