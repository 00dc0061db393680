import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** The widest space that the screen shows; what is more would only be rounded. */
const colorSpace: PredefinedColorSpace = matchMedia("(color-gamut: p3)").matches ? "display-p3" : "srgb";

/** A bitmap on the page, at its own number of pixels; the style decides how large it is seen. */
export function Picture({ bitmap, label, name }: { bitmap: ImageBitmap; label: string; name?: string }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    // A picture that was replaced in the meantime is closed, and has no size.
    if (!canvas.current || bitmap.width === 0) return;
    canvas.current.width = bitmap.width;
    canvas.current.height = bitmap.height;
    canvas.current.getContext("2d", { colorSpace })?.drawImage(bitmap, 0, 0);
  }, [bitmap]);
  return <canvas ref={canvas} class="picture" role="img" aria-label={label} data-name={name} />;
}
