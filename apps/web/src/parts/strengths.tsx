import type { StrengthName } from "@kindling/browser";
import type { JSX } from "preact";
import { formatNumber } from "../i18n/format-number.ts";
import { words } from "../i18n/language.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { findMethod } from "../state/studio.ts";
import { Slider } from "./slider.tsx";

/** Sliders of the method's strengths, then of warmth and contrast, which every method has. */
export function StrengthSliders({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const names: Readonly<Record<StrengthName, string>> = {
    denoise: say.denoise,
    denoiseColour: say.denoiseColour,
    keepHighlights: say.highlights,
  };
  const settings = photo.settings.now.value;
  const method = findMethod(photo);
  const strengthOf = (name: StrengthName) => settings[name] ?? method?.defaultStrengths[name] ?? 0;
  const percent = (value: number) => formatNumber(Math.round(100 * value), { signDisplay: "negative" });
  return (
    <section class="control">
      <h2>{say.adjust}</h2>
      {(method?.strengths ?? []).map((name) => (
        <Slider
          key={name}
          photo={photo}
          id={name}
          label={names[name]}
          min={0}
          max={1}
          step={0.02}
          value={strengthOf(name)}
          shown={percent(strengthOf(name))}
          change={(value) => ({ [name]: value })}
        />
      ))}
      {(["warmth", "contrast"] as const).map((name) => (
        <Slider
          key={name}
          photo={photo}
          id={name}
          label={say[name]}
          min={-1}
          max={1}
          step={0.02}
          value={settings[name]}
          shown={percent(settings[name])}
          change={(value) => ({ [name]: value })}
        />
      ))}
    </section>
  );
}
