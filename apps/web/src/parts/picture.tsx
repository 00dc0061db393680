import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** The widest space that the screen shows; what is more would only be rounded. */
const colorSpace: PredefinedColorSpace = matchMedia("(color-gamut: p3)").matches ? "display-p3" : "srgb";

/**
 * A bitmap on the page, at its own number of pixels or a height of fewer; the style decides how large it is seen.
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
    // A picture that was replaced in the meantime is closed, and has no size.
    if (!canvas.current || bitmap.width === 0) return;
    const scale = Math.min(1, heightPx / bitmap.height);
    const width = Math.round(bitmap.width * scale);
    const height = Math.round(bitmap.height * scale);
    // Setting a size, the same even, takes new memory.
    if (canvas.current.width !== width) canvas.current.width = width;
    if (canvas.current.height !== height) canvas.current.height = height;
    const context = canvas.current.getContext("2d", { colorSpace });
    if (!context) return;
    context.globalCompositeOperation = "copy";
    context.drawImage(bitmap, 0, 0, width, height);
  }, [bitmap, heightPx]);
  return <canvas ref={canvas} class="picture" role="img" aria-label={label} data-name={name} />;
}
