import { Maximize, ZoomIn, ZoomOut } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import { IconButton } from "./icon-button.tsx";
import type { Zoom } from "./use-zoom.ts";

/** Zooming for those without a wheel. */
export function ZoomButtons({ zoom, isZoomed }: { zoom: Omit<Zoom, "placement">; isZoomed: boolean }): JSX.Element {
  const say = words.value;
  return (
    <div class="zoom-buttons">
      <IconButton icon={ZoomOut} label={say.zoomOut} onClick={zoom.zoomOut} disabled={!isZoomed} />
      <IconButton icon={Maximize} label={say.zoomFit} onClick={zoom.fit} disabled={!isZoomed} />
      <IconButton icon={ZoomIn} label={say.zoomIn} onClick={zoom.zoomIn} />
    </div>
  );
}
