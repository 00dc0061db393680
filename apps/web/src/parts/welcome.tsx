import { Camera, ImagePlus } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import { openFiles } from "../state/studio.ts";
import { PickButton } from "./pick-button.tsx";
import { samples } from "./samples.ts";

/** The page before a photo is open. */
export function Welcome(): JSX.Element {
  const say = words.value;
  return (
    <section class="welcome">
      <div class="welcome-glow" aria-hidden="true" />
      <h2>{say.tagline}</h2>
      <p class="promise">{say.promise}</p>
      <div class="welcome-actions">
        <PickButton icon={ImagePlus} label={say.choose} isMain />
        <PickButton icon={Camera} label={say.take} capture />
      </div>
      <p class="hint">{say.orPaste}</p>
      <div class="samples">
        <p>{say.trySample}</p>
        {samples.map(({ file, title }) => (
          <button key={file} type="button" class="sample" onClick={() => void openSample(file)}>
            <img src={`samples/small-${file.replace(".jpg", ".webp")}`} alt="" width={240} height={160} />
            <span>{title(say)}</span>
          </button>
        ))}
      </div>
    </section>
  );
}

async function openSample(file: string): Promise<void> {
  const response = await fetch(`samples/${file}`);
  openFiles([new File([await response.blob()], file, { type: "image/jpeg" })]);
}
