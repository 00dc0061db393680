import { wholeFrame } from "@kindling/browser";
import { Plus, X } from "lucide-preact";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { words } from "../i18n/language.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { choosePhoto, closePhoto, current, photos } from "../state/studio.ts";
import { PickButton } from "./pick-button.tsx";
import { Picture } from "./picture.tsx";
import { useRested } from "./use-rested.ts";

/** Thumbnails of the open photos. */
export function Strip(): JSX.Element {
  const say = words.value;
  return (
    <nav class="strip" aria-label={say.photos}>
      <ul>
        {photos.value.map((photo) => (
          <StripPhoto key={photo.id} photo={photo} />
        ))}
      </ul>
      <PickButton icon={Plus} label={say.addPhotos} />
    </nav>
  );
}

function StripPhoto({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const { name } = photo.file;
  const lit = useRested(photo.result)?.bitmap;
  const bitmap = lit ?? photo.thumbnail.value;
  const isLit = lit !== undefined;
  const isChosen = current.value === photo;
  const item = useRef<HTMLLIElement>(null);
  // Of many photos the chosen one would be out of sight; a thumbnail has its width only when there is a picture.
  const hasPicture = bitmap !== undefined;
  useEffect(() => {
    if (isChosen && hasPicture) item.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [isChosen, hasPicture]);
  const close = () => {
    closePhoto(photo);
    // The button that had the focus is gone: the photo that takes its place gets it.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".strip [aria-current=true]")?.focus());
  };
  return (
    <li ref={item} data-chosen={isChosen}>
      <button
        type="button"
        class="strip-photo"
        aria-label={say.show(name)}
        aria-current={isChosen}
        onClick={() => choosePhoto(photo)}
      >
        {bitmap && (
          <Picture
            bitmap={bitmap}
            label={name}
            heightPx={96}
            frame={isLit ? photo.settings.now.value.frame : wholeFrame}
          />
        )}
      </button>
      <button type="button" class="strip-close" aria-label={say.remove(name)} onClick={close}>
        <X size={12} aria-hidden="true" />
      </button>
    </li>
  );
}
