import { Columns2, Image, Layers, LayoutGrid, type LucideIcon, ScanSearch, Sun } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { isMagnifying, isPainting, type ViewMode, viewMode } from "../state/studio.ts";
import { IconButton } from "./icon-button.tsx";

/** Buttons that choose what the stage shows. */
export function ViewBar({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const hasMaps = photo.scene.value?.hasMaps ?? false;
  const modes: readonly (readonly [ViewMode, LucideIcon, string])[] = [
    ["compare", Columns2, say.viewCompare],
    ["result", Image, say.viewResult],
    ...(hasMaps
      ? ([
          ["reflectance", Layers, say.viewReflectance],
          ["illumination", Sun, say.viewIllumination],
        ] as const)
      : []),
    ["methods", LayoutGrid, say.viewMethods],
  ];
  return (
    <div class="view-bar">
      {modes.map(([mode, icon, label]) => (
        <IconButton
          key={mode}
          icon={icon}
          label={label}
          pressed={viewMode.value === mode}
          onClick={() => {
            viewMode.value = mode;
            if (mode !== "result") isPainting.value = false;
          }}
        />
      ))}
      <IconButton
        icon={ScanSearch}
        label={say.magnifier}
        pressed={isMagnifying.value}
        onClick={() => {
          isMagnifying.value = !isMagnifying.value;
        }}
      />
    </div>
  );
}
