import type { StrengthName } from "@kindling/browser";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { methodOf } from "../state/studio.ts";

/** What a method can do more or less strongly, a slider each; nothing for methods that have none. */
export function StrengthSliders({ photo }: { photo: OpenPhoto }): JSX.Element | null {
  const say = words.value;
  const names: Readonly<Record<StrengthName, string>> = { denoise: say.denoise, keepHighlights: say.highlights };
  const strengths = methodOf(photo)?.strengths ?? [];
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
