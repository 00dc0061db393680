import { geometryOfFrame, wholeFrame } from "@kindling/browser";
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { words } from "../i18n/language.ts";
import { fullSizePicture } from "../state/full-size-picture.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { isHoldingOriginal, isMagnifying, isPainting, viewMode } from "../state/studio.ts";
import { BrushLayer } from "./brush-layer.tsx";
import { Busy } from "./busy.tsx";
import { CompareDivider, type Region } from "./compare-divider.tsx";
import { CropDone, CropLayer } from "./crop-layer.tsx";
import { Magnifier } from "./magnifier.tsx";
import { MapPicture } from "./map-picture.tsx";
import { MethodGrid } from "./method-grid.tsx";
import { Picture } from "./picture.tsx";
import { type Box, useBox } from "./use-box.ts";
import { useZoom } from "./use-zoom.ts";
import { ViewBar } from "./view-bar.tsx";
import { ZoomButtons } from "./zoom-buttons.tsx";

/** Position of the divider: the share of the photo left of it, in percent. */
const split = signal(50);

/** Space around the photo (px): on a phone none, but for the corners of a crop, which fingers must reach. */
const chooseMargin = ({ width, height }: Box, isCropping: boolean) =>
  (width >= 640 && height >= 360) || isCropping ? 24 : 0;

/** The photo, as large as the screen allows. */
export function Stage({ photo }: { photo: OpenPhoto }): JSX.Element {
  const stage = useRef<HTMLElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const ground = useRef<HTMLDivElement>(null);
  const box = useBox(ground);
  const zoom = useZoom(frame, photo.id);
  const { placement } = zoom;
  const full = fullSizePicture.value?.photo === photo ? fullSizePicture.value : undefined;
  const before = full?.before ?? photo.photo.value?.view.bitmap;
  const fullAfter = full?.settings === photo.settings.now.value ? full.after : undefined;
  const after = fullAfter ?? photo.result.value?.bitmap;
  const mode = viewMode.value;
  const { frame: kept } = photo.settings.now.value;
  // Whoever crops sees what is cut off.
  const isCropping = mode === "frame";
  const framing = isCropping ? { ...kept, crop: wholeFrame.crop } : kept;
  const shown = photo.photo.value && geometryOfFrame(framing, photo.photo.value);
  const size =
    box.value && shown ? fitBox(shown, box.value, chooseMargin(box.value, isCropping)) : { width: 0, height: 0 };
  const region = findRegion(box.value ?? size, size, placement.value);
  const hasMaps = photo.scene.value?.hasMaps ?? false;
  const isComparing = mode === "compare" && after !== undefined && !isHoldingOriginal.value;
  const preview = photo.preview.value?.bitmap;
  const cut = region.left + (region.width * split.value) / 100;
  // Of a photo with transparency what lies beneath would be seen.
  const isCovered = mode !== "reflectance" && mode !== "illumination" && after !== undefined;
  const uncovered = isComparing && box.value ? `inset(0 ${box.value.width - cut}px 0 0)` : "inset(100%)";

  const { scale, x, y } = placement.value;
  const frameStyle = {
    width: `${size.width}px`,
    height: `${size.height}px`,
    transform: `scale(${scale}) translate(${x}px, ${y}px)`,
  };
  const slide = (event: PointerEvent) => {
    // Buttons over the photo use the pointer themselves.
    if (event.target instanceof Element && event.target.closest("button")) return;
    const isDragging = event.type === "pointerdown" ? event.button === 0 : event.buttons === 1;
    if (!isComparing || !isDragging || placement.value.scale > 1 || !stage.current) return;
    const at = event.clientX - stage.current.getBoundingClientRect().left - region.left;
    split.value = Math.min(100, Math.max(0, (100 * at) / region.width));
  };
  // Panzoom prevents the browser's own focus: after a press on the photo its keys must work.
  const takeFocus = ({ target }: PointerEvent) => {
    if (target instanceof Element && !target.closest("button, input")) stage.current?.focus({ preventScroll: true });
  };
  return (
    <section
      ref={stage}
      class="stage"
      data-mode={mode}
      aria-label={photo.file.name}
      aria-describedby="photo-keys"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the photo is moved and zoomed with keys.
      tabIndex={0}
      onKeyDown={(event) => mode !== "methods" && zoom.onKey(event)}
      onPointerDownCapture={takeFocus}
      onPointerDown={slide}
      onPointerMove={slide}
      style={{ "--aspect": shown ? shown.width / shown.height : 1.5 }}
    >
      <p id="photo-keys" class="only-heard">
        {words.value.photoKeys}
      </p>
      <div class="layer" ref={ground} style={{ clipPath: isCovered && !isHoldingOriginal.value ? uncovered : "none" }}>
        <div class="frame" style={frameStyle}>
          {before && <Picture bitmap={before} label={words.value.before} name="before" frame={framing} />}
        </div>
      </div>
      <div
        class="layer"
        data-hidden={isHoldingOriginal.value}
        style={{ clipPath: isComparing ? `inset(0 0 0 ${cut}px)` : "none" }}
      >
        <div class="frame" ref={frame} style={frameStyle}>
          {(mode === "reflectance" || mode === "illumination") && hasMaps ? (
            <MapPicture photo={photo} map={mode} frame={framing} />
          ) : (
            after && <Picture bitmap={after} label={words.value.after} name="after" frame={framing} />
          )}
          {preview && (
            <div class="preview" data-gone={after !== undefined}>
              <Picture bitmap={preview} label={words.value.after} name="preview" frame={framing} />
            </div>
          )}
          {isPainting.value && after && <BrushLayer photo={photo} />}
          {isCropping && after && <CropLayer photo={photo} />}
        </div>
      </div>
      {isComparing && <CompareDivider region={region} split={split} />}
      {mode === "methods" && <MethodGrid photo={photo} />}
      {isMagnifying.value && after && mode !== "methods" && <Magnifier stage={stage} />}
      <Busy photo={photo} />
      {hasMaps && mode === "reflectance" && <p class="map-about">{words.value.reflectanceAbout}</p>}
      {hasMaps && mode === "illumination" && <p class="map-about">{words.value.illuminationAbout}</p>}
      {after && isCropping && <CropDone />}
      {after && !isCropping && <ViewBar photo={photo} stage={stage} />}
      {after && !isCropping && mode !== "methods" && <ZoomButtons zoom={zoom} />}
    </section>
  );
}

/** Fits a box of the picture's proportions into the stage, with a margin (px). */
function fitBox(picture: Box, stage: Box, margin: number): Box {
  const scale = Math.min((stage.width - 2 * margin) / picture.width, (stage.height - 2 * margin) / picture.height);
  return { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) };
}

/** Finds the part of the stage that the photo covers. */
function findRegion(stage: Box, frame: Box, { scale, x, y }: { scale: number; x: number; y: number }): Region {
  const along = (length: number, own: number, moved: number) => {
    const start = length / 2 + moved * scale - (own * scale) / 2;
    const from = Math.max(0, start);
    return [from, Math.max(1, Math.min(length, start + own * scale) - from)] as const;
  };
  const [left, width] = along(stage.width, frame.width, x);
  const [top, height] = along(stage.height, frame.height, y);
  return { left, width, top, height };
}
