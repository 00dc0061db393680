import { Camera, ImagePlus } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import { notify } from "../state/notices.ts";
import { openFiles } from "../state/studio.ts";
import { BeforeAfter } from "./before-after.tsx";
import { PickButton } from "./pick-button.tsx";
import { hero, type Sample, samples, urlOfSample } from "./samples.ts";

/** The page before a photo is open. */
export function Welcome(): JSX.Element {
  const say = words.value;
  return (
    <section class="welcome">
      <div class="welcome-glow" aria-hidden="true" />
      <div class="welcome-words">
        <h2>{say.tagline}</h2>
        <p class="promise">{say.promise}</p>
        <div class="welcome-actions">
          <PickButton icon={ImagePlus} label={say.choose} isMain />
          <PickButton icon={Camera} label={say.take} capture />
        </div>
        <p class="hint">{say.orPaste}</p>
      </div>
      <BeforeAfter before={urlOfSample(hero, "before")} after={urlOfSample(hero, "after")} />
      <div class="samples">
        <p>{say.trySample}</p>
        {samples.map((sample) => (
          <button key={sample.file} type="button" class="sample" onClick={() => void openSample(sample)}>
            <img src={urlOfSample(sample, "before")} alt="" width={240} height={160} />
            <img class="sample-lit" src={urlOfSample(sample, "after")} alt="" width={240} height={160} />
            <span>{sample.title(say)}</span>
          </button>
        ))}
      </div>
    </section>
  );
}

async function openSample(sample: Sample): Promise<void> {
  try {
    const response = await fetch(urlOfSample(sample, "photo"));
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    openFiles([new File([await response.blob()], sample.file, { type: "image/jpeg" })]);
  } catch {
    notify("error", words.peek().sampleNotFetched);
  }
}
