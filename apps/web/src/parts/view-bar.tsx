import {
  Columns2,
  Expand,
  Eye,
  Image,
  Layers,
  LayoutGrid,
  type LucideIcon,
  ScanSearch,
  Shrink,
  Sun,
} from "lucide-preact";
import type { JSX, RefObject } from "preact";
import { words } from "../i18n/language.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { isHoldingOriginal, isMagnifying, isPainting, type ViewMode, viewMode } from "../state/studio.ts";
import { IconButton } from "./icon-button.tsx";
import { useFullScreen } from "./use-full-screen.ts";

/** Buttons that choose what the stage shows, in words where there is room. */
export function ViewBar({ photo, stage }: { photo: OpenPhoto; stage: RefObject<HTMLElement> }): JSX.Element {
  const say = words.value;
  const hasMaps = photo.scene.value?.hasMaps ?? false;
  const fullScreen = useFullScreen(stage);
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
          isWorded
          pressed={viewMode.value === mode}
          onClick={() => {
            viewMode.value = mode;
            if (mode !== "result") isPainting.value = false;
          }}
        />
      ))}
      <HoldButton />
      <IconButton
        icon={ScanSearch}
        label={say.magnifier}
        pressed={isMagnifying.value}
        onClick={() => {
          isMagnifying.value = !isMagnifying.value;
        }}
      />
      {fullScreen.isOffered && (
        <IconButton
          icon={fullScreen.isOn.value ? Shrink : Expand}
          label={fullScreen.isOn.value ? say.leaveFullScreen : say.fullScreen}
          onClick={fullScreen.toggle}
        />
      )}
    </div>
  );
}

/** A button that shows the photo as it was for as long as it is held, by pointer or key. */
function HoldButton(): JSX.Element {
  const hold = (isHeld: boolean) => () => {
    isHoldingOriginal.value = isHeld;
  };
  const ofKey = (isHeld: boolean) => (event: KeyboardEvent) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    isHoldingOriginal.value = isHeld;
  };
  const say = words.value;
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={say.holdOriginal}
      title={say.holdOriginal}
      aria-pressed={isHoldingOriginal.value}
      onPointerDown={hold(true)}
      onPointerUp={hold(false)}
      onPointerLeave={hold(false)}
      onPointerCancel={hold(false)}
      onKeyDown={ofKey(true)}
      onKeyUp={ofKey(false)}
      onBlur={hold(false)}
      onContextMenu={(event) => event.preventDefault()}
    >
      <Eye size={18} aria-hidden="true" />
    </button>
  );
}
