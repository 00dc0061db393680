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
  const { width, height } = photo.photo.value ?? { width: 1, height: 1 };
  const aspect = width / height;

  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!canvas.current || !context) return;
    context.clearRect(0, 0, canvas.current.width, canvas.current.height);
    if (stroke.value) drawStroke(context, stroke.value, canvas.current.width, canvas.current.height);
  }, [stroke.value]);

  const locate = (event: PointerEvent): [number, number] => {
    const box = canvas.current?.getBoundingClientRect();
    return box ? [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height] : [0, 0];
  };
  return (
    <canvas
      ref={canvas}
      class="brush-layer"
      role="img"
      aria-label={words.value.brushHint}
      width={aspect >= 1 ? side : Math.round(side * aspect)}
      height={aspect >= 1 ? Math.round(side / aspect) : side}
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
