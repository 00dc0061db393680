import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { words } from "../i18n/language.ts";
import { dragCrop } from "../state/framing.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { viewMode } from "../state/studio.ts";

/** Share of the photo that an arrow key moves a corner by. */
const keyStep = 0.02;
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-keyStep, 0],
  ArrowRight: [keyStep, 0],
  ArrowUp: [0, -keyStep],
  ArrowDown: [0, keyStep],
};

type Grip = readonly [0 | 1, 0 | 1] | "all";

/** The part of the photo that is kept: its corners and itself are dragged, or moved with arrow keys. */
export function CropLayer({ photo }: { photo: OpenPhoto }): JSX.Element {
  const ground = useRef<HTMLDivElement>(null);
  const from = useRef<readonly [number, number] | undefined>(undefined);
  const say = words.value;
  const { crop } = photo.settings.now.value.frame;
  const frameWith = (grip: Grip, dx: number, dy: number) => {
    const { frame } = photo.settings.now.peek();
    return { ...frame, crop: dragCrop(frame.crop, grip, dx, dy) };
  };
  const grip = (which: Grip) => ({
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.stopPropagation();
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      from.current = [event.clientX, event.clientY];
    },
    onPointerMove: (event: PointerEvent) => {
      const box = ground.current?.getBoundingClientRect();
      if (!from.current || !box) return;
      const [x, y] = from.current;
      const frame = frameWith(which, (event.clientX - x) / box.width, (event.clientY - y) / box.height);
      from.current = [event.clientX, event.clientY];
      photo.settings.attempt({ ...photo.settings.now.peek(), frame });
    },
    onPointerUp: () => {
      from.current = undefined;
      photo.settings.settle();
    },
    onKeyDown: (event: KeyboardEvent) => {
      const arrow = arrows[event.key];
      if (!arrow) return;
      event.preventDefault();
      event.stopPropagation();
      photo.settings.attempt({ ...photo.settings.now.peek(), frame: frameWith(which, ...arrow) });
      photo.settings.settleSoon();
    },
  });
  const corners = [
    [[0, 0], say.cropTopLeft],
    [[1, 0], say.cropTopRight],
    [[0, 1], say.cropBottomLeft],
    [[1, 1], say.cropBottomRight],
  ] as const;
  const percent = (share: number) => `${100 * share}%`;
  const style = {
    left: percent(crop.left),
    top: percent(crop.top),
    width: percent(crop.width),
    height: percent(crop.height),
  };
  return (
    <div class="crop-layer" ref={ground}>
      <div class="crop-kept" style={style}>
        <button type="button" class="crop-whole" aria-label={say.cropMove} {...grip("all")} />
        {corners.map(([corner, label]) => (
          <button
            key={label}
            type="button"
            class="crop-corner"
            style={{ left: percent(corner[0]), top: percent(corner[1]) }}
            aria-label={label}
            {...grip(corner)}
          />
        ))}
      </div>
    </div>
  );
}

/** Ends cropping, where the buttons of the views are otherwise. */
export function CropDone(): JSX.Element {
  return (
    <button
      type="button"
      class="main-button crop-done"
      onClick={() => {
        viewMode.value = "compare";
      }}
    >
      {words.value.cropDone}
    </button>
  );
}
