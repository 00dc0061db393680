import { Download } from "lucide-preact";
import type { JSX } from "preact";
import { formatNumber } from "../i18n/format-number.ts";
import { words } from "../i18n/language.ts";
import type { Clip } from "../state/clip.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { cancelSaving, saving } from "../state/saving.ts";
import { saveVideo, videoContainer, videoSpeed } from "../state/video-saving.ts";

/** Which frame of a video is shown, and how the whole of it is saved. */
export function VideoBox({ photo, clip }: { photo: OpenPhoto; clip: Clip }): JSX.Element {
  const say = words.value;
  const job = saving.value;
  return (
    <>
      <section class="control save-box">
        <h2>{say.video.title}</h2>
        <FrameSlider clip={clip} />
        <p class="about">{say.video.about}</p>
        <div class="row">
          <label for="video-format">{say.video.format}</label>
          <select
            id="video-format"
            value={videoContainer.value ?? ownContainer(photo.file)}
            onChange={({ currentTarget }) => {
              videoContainer.value = currentTarget.value === "webm" ? "webm" : "mp4";
            }}
          >
            <option value="mp4">MP4</option>
            <option value="webm">WebM</option>
          </select>
        </div>
      </section>
      <div class="save-foot">
        {job ? (
          <div class="saving">
            <span>{say.saving(job.name)}</span>
            <progress max={1} value={job.done} aria-label={say.saving(job.name)} />
            <Speed />
            <button type="button" class="plain-button" onClick={cancelSaving}>
              {say.cancel}
            </button>
          </div>
        ) : (
          <div class="save-buttons">
            <button
              type="button"
              class="main-button"
              disabled={!photo.scene.value}
              onClick={() => void saveVideo(photo)}
            >
              <Download size={18} aria-hidden="true" />
              {say.video.save}
            </button>
          </div>
        )}
      </div>
    </>
  );
}

/** The time of the frame that is shown. */
function FrameSlider({ clip }: { clip: Clip }): JSX.Element | null {
  const say = words.value;
  const video = clip.video.value;
  if (!video) return null;
  const shown = formatTime(clip.seconds.value);
  return (
    <div class="row is-frame">
      <label for="video-frame">{say.video.frame}</label>
      <input
        id="video-frame"
        type="range"
        min={video.start}
        max={video.end}
        step={(video.end - video.start) / 200}
        value={clip.seconds.value}
        aria-valuetext={say.video.frameAt(shown)}
        onChange={({ currentTarget }) => {
          clip.seconds.value = currentTarget.valueAsNumber;
        }}
      />
      <output for="video-frame">{shown}</output>
    </div>
  );
}

function Speed(): JSX.Element | null {
  const speed = videoSpeed.value;
  if (!speed) return null;
  const { framesPerSecond, secondsLeft } = speed;
  const perSecond = formatNumber(framesPerSecond, { maximumFractionDigits: framesPerSecond < 10 ? 1 : 0 });
  return <span class="about">{words.value.video.progress(perSecond, formatTime(secondsLeft))}</span>;
}

/** Minutes and seconds, as players show them. */
function formatTime(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function ownContainer({ name }: File): "mp4" | "webm" {
  return /\.webm$/i.test(name) ? "webm" : "mp4";
}
