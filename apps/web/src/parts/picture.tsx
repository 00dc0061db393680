import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { screenColour } from "./screen-colour.ts";

/**
 * A bitmap in a canvas of its own size, or of `heightPx` where that is less; styles decide its size on the page.
 */
export function Picture({
  bitmap,
  label,
  name,
  heightPx = bitmap.height,
}: {
  bitmap: ImageBitmap;
  label: string;
  name?: string;
  heightPx?: number;
}): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    // A closed bitmap has no size: it was replaced since the last render.
    if (!canvas.current || bitmap.width === 0) return;
    const scale = Math.min(1, heightPx / bitmap.height);
    const width = Math.round(bitmap.width * scale);
    const height = Math.round(bitmap.height * scale);
    // Setting the size allocates memory even where it does not change.
    if (canvas.current.width !== width) canvas.current.width = width;
    if (canvas.current.height !== height) canvas.current.height = height;
    const context = canvas.current.getContext("2d", { colorSpace: screenColour });
    if (!context) return;
    context.globalCompositeOperation = "copy";
    context.drawImage(bitmap, 0, 0, width, height);
  }, [bitmap, heightPx]);
  return <canvas ref={canvas} class="picture" role="img" aria-label={label} data-name={name} />;
}
