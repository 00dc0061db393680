import type { JSX, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { words } from "../i18n/language.ts";
import { screenColour } from "./screen-colour.ts";

/** Diameter (px of the page) and enlargement of the picture's pixels. */
const [diameter, enlargement] = [220, 4];

/** A magnifier that follows the pointer: its left half shows the photo before, its right half after. */
export function Magnifier({ stage }: { stage: RefObject<HTMLElement> }): JSX.Element {
  const lens = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const ground = stage.current;
    if (!ground) return;
    const draw = ({ clientX, clientY }: PointerEvent) => {
      const context = lens.current?.getContext("2d", { colorSpace: screenColour });
      const box = ground.getBoundingClientRect();
      if (!lens.current || !context) return;
      lens.current.style.translate = `${clientX - box.left - diameter / 2}px ${clientY - box.top - diameter / 2}px`;
      lens.current.dataset["shown"] = "true";
      context.imageSmoothingEnabled = false;
      context.clearRect(0, 0, diameter, diameter);
      for (const [half, name] of ["before", "after"].entries()) {
        const picture = ground.querySelector<HTMLCanvasElement>(`[data-name="${name}"]`);
        if (!picture) continue;
        const seen = picture.getBoundingClientRect();
        const x = ((clientX - seen.left) / seen.width) * picture.width;
        const y = ((clientY - seen.top) / seen.height) * picture.height;
        const reach = diameter / enlargement / 2;
        context.drawImage(
          picture,
          x - reach + half * reach,
          y - reach,
          reach,
          2 * reach,
          (half * diameter) / 2,
          0,
          diameter / 2,
          diameter,
        );
      }
    };
    const hide = () => {
      if (lens.current) lens.current.dataset["shown"] = "false";
    };
    ground.addEventListener("pointermove", draw);
    ground.addEventListener("pointerleave", hide);
    return () => {
      ground.removeEventListener("pointermove", draw);
      ground.removeEventListener("pointerleave", hide);
    };
  }, [stage]);
  return (
    <canvas
      ref={lens}
      class="magnifier"
      width={diameter}
      height={diameter}
      role="img"
      aria-label={words.value.magnifier}
      data-shown="false"
    />
  );
}
