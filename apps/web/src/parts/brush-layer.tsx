import { geometryOfFrame } from "@kindling/browser";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { words } from "../i18n/language.ts";
import { brush } from "../state/brush.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { drawStroke } from "../state/painted-light.ts";
import type { Stroke } from "../state/settings.ts";

/** Pixels of the layer's longer side: it shows only the current stroke. */
const side = 512;

/** The layer over the photo that takes strokes: it shows the current one, which changes the light when it ends. */
export function BrushLayer({ photo }: { photo: OpenPhoto }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const stroke = useSignal<Stroke | undefined>(undefined);
  const source = photo.photo.value ?? { width: 1, height: 1 };
  const aspect = source.width / source.height;
  const framed = geometryOfFrame(photo.settings.now.value.frame, source);
  const scale = side / Math.max(framed.width, framed.height);

  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!canvas.current || !context) return;
    context.resetTransform();
    context.clearRect(0, 0, canvas.current.width, canvas.current.height);
    // Strokes lie on the photo before it is framed.
    const placed = new DOMMatrix().scaleSelf(scale).multiplySelf(new DOMMatrix([...framed.toSource]).invertSelf());
    context.setTransform(placed);
    if (stroke.value) drawStroke(context, stroke.value, source.width, source.height);
  }, [stroke.value]);

  const locate = (event: PointerEvent): [number, number] => {
    const box = canvas.current?.getBoundingClientRect();
    if (!box) return [0, 0];
    const x = ((event.clientX - box.left) / box.width) * framed.width;
    const y = ((event.clientY - box.top) / box.height) * framed.height;
    const [a, b, c, d, e, f] = framed.toSource;
    return [(a * x + c * y + e) / source.width, (b * x + d * y + f) / source.height];
  };
  return (
    <canvas
      ref={canvas}
      class="brush-layer"
      role="img"
      aria-label={words.value.brushHint}
      width={Math.round(framed.width * scale)}
      height={Math.round(framed.height * scale)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        // The layer below would move the photo.
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        stroke.value = { points: locate(event), size: brush.size.value, stops: brush.stops.value, aspect };
      }}
      onPointerMove={(event) => {
        if (!stroke.value) return;
        stroke.value = { ...stroke.value, points: [...stroke.value.points, ...locate(event)] };
      }}
      onPointerUp={() => {
        if (!stroke.value) return;
        const now = photo.settings.now.peek();
        photo.settings.settle({ ...now, strokes: [...now.strokes, stroke.value] });
        stroke.value = undefined;
      }}
      onPointerCancel={() => {
        stroke.value = undefined;
      }}
    />
  );
}
