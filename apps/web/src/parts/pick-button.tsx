import { acceptedFiles, acceptedVideos } from "@kindling/browser";
import type { LucideIcon } from "lucide-preact";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { openFiles } from "../state/studio.ts";

/** A button that opens the file chooser, or the camera with `capture`. */
export function PickButton({
  icon: Icon,
  label,
  isMain = false,
  capture = false,
}: {
  icon: LucideIcon;
  label: string;
  isMain?: boolean;
  capture?: boolean;
}): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class={isMain ? "main-button" : "plain-button"}
        data-camera={capture}
        onClick={() => input.current?.click()}
      >
        <Icon size={18} aria-hidden="true" />
        {label}
      </button>
      <input
        ref={input}
        type="file"
        accept={capture ? "image/*" : `${acceptedFiles},${acceptedVideos}`}
        multiple={!capture}
        {...(capture && { capture: "environment" })}
        hidden
        data-picker={capture ? "camera" : "files"}
        onChange={(event) => {
          openFiles(event.currentTarget.files ?? []);
          // Otherwise choosing the same file again would not count as a change.
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}
