import type { StrengthName } from "@kindling/browser";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { findMethod } from "../state/studio.ts";

/** A slider for each strength of the method; nothing for methods without one. */
export function StrengthSliders({ photo }: { photo: OpenPhoto }): JSX.Element | null {
  const say = words.value;
  const names: Readonly<Record<StrengthName, string>> = {
    denoise: say.denoise,
    denoiseColour: say.denoiseColour,
    keepHighlights: say.highlights,
  };
  const strengths = findMethod(photo)?.strengths ?? [];
  const settings = photo.settings.now.value;
  if (strengths.length === 0) return null;
  return (
    <section class="control">
      <h2>{say.adjust}</h2>
      {strengths.map((name) => (
        <div key={name} class="row is-wide">
          <label for={name}>{names[name]}</label>
          <input
            id={name}
            type="range"
            min={0}
            max={1}
            step={0.02}
            value={settings[name]}
            onInput={(event) =>
              photo.settings.attempt({ ...photo.settings.now.peek(), [name]: event.currentTarget.valueAsNumber })
            }
            onChange={() => photo.settings.settle()}
          />
          <output for={name}>{Math.round(100 * settings[name])}</output>
        </div>
      ))}
    </section>
  );
}
