import { Maximize, ZoomIn, ZoomOut } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import { IconButton } from "./icon-button.tsx";
import type { Zoom } from "./use-zoom.ts";

/** Buttons that zoom, for use without a wheel. */
export function ZoomButtons({ zoom }: { zoom: Zoom }): JSX.Element {
  const say = words.value;
  const { scale } = zoom.placement.value;
  const isZoomed = scale > 1;
  return (
    <div class="zoom-buttons">
      <p class="only-heard" role="status">
        {isZoomed ? say.zoomed(Math.round(100 * scale)) : ""}
      </p>
      <IconButton icon={ZoomOut} label={say.zoomOut} onClick={zoom.zoomOut} disabled={!isZoomed} />
      <IconButton icon={Maximize} label={say.zoomFit} onClick={zoom.fit} disabled={!isZoomed} />
      <IconButton icon={ZoomIn} label={say.zoomIn} onClick={zoom.zoomIn} />
    </div>
  );
}
