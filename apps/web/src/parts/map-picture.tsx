import type { MapViews, PhotoFrame } from "@kindling/browser";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { words } from "../i18n/language.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { Picture } from "./picture.tsx";

/** Reflectance or illumination of a photo; nothing where the method has no maps. */
export function MapPicture({
  photo,
  map,
  frame,
}: {
  photo: OpenPhoto;
  map: keyof MapViews;
  frame: PhotoFrame;
}): JSX.Element | null {
  const views = useSignal<MapViews | undefined>(undefined);
  const scene = photo.scene.value;
  useEffect(() => {
    if (!scene?.hasMaps) return;
    let isWanted = true;
    const close = (made: MapViews | undefined) => {
      made?.reflectance.bitmap.close();
      made?.illumination.bitmap.close();
    };
    scene.maps().then(
      (made) => {
        if (isWanted) views.value = made;
        else close(made);
      },
      () => undefined,
    );
    return () => {
      isWanted = false;
      close(views.peek());
      views.value = undefined;
    };
  }, [scene, views]);
  const say = words.value;
  const label = map === "reflectance" ? say.viewReflectance : say.viewIllumination;
  return views.value ? <Picture bitmap={views.value[map].bitmap} label={label} name={map} frame={frame} /> : null;
}
