import { geometryOfFrame, type PhotoFrame, wholeFrame } from "@kindling/browser";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { screenColour } from "./screen-colour.ts";

/**
 * A bitmap, framed, in a canvas of its own size, or of `heightPx` where that is less; styles decide its size on the page.
 */
export function Picture({
  bitmap,
  label,
  name,
  frame = wholeFrame,
  heightPx = Number.POSITIVE_INFINITY,
}: {
  bitmap: ImageBitmap;
  label: string;
  name?: string;
  frame?: PhotoFrame;
  heightPx?: number;
}): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    // A closed bitmap has no size: it was replaced since the last render.
    if (!canvas.current || bitmap.width === 0) return;
    const framed = geometryOfFrame(frame, bitmap);
    const scale = Math.min(1, heightPx / framed.height);
    const width = Math.max(1, Math.round(framed.width * scale));
    const height = Math.max(1, Math.round(framed.height * scale));
    // Setting the size allocates memory even where it does not change.
    if (canvas.current.width !== width) canvas.current.width = width;
    if (canvas.current.height !== height) canvas.current.height = height;
    const context = canvas.current.getContext("2d", { colorSpace: screenColour });
    if (!context) return;
    const scaled = new DOMMatrix().scaleSelf(width / framed.width, height / framed.height);
    context.setTransform(scaled.multiplySelf(new DOMMatrix([...framed.toSource]).invertSelf()));
    context.globalCompositeOperation = "copy";
    context.drawImage(bitmap, 0, 0);
  }, [bitmap, frame, heightPx]);
  return <canvas ref={canvas} class="picture" role="img" aria-label={label} data-name={name} />;
}
