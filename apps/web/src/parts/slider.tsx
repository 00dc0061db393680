import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { OpenPhoto } from "../state/open-photo.ts";
import type { Settings } from "../state/settings.ts";

/** Makes a range input change a photo's settings: a drag is one step of the history, and so are keys pressed in a row. */
export function useSettingSlider(
  photo: OpenPhoto,
  change: (value: number) => Partial<Settings>,
): Pick<JSX.IntrinsicElements["input"], "onInput" | "onChange" | "onKeyDown" | "onPointerDown" | "onBlur"> {
  const isKeyed = useRef(false);
  return {
    onKeyDown: () => {
      isKeyed.current = true;
    },
    onPointerDown: () => {
      isKeyed.current = false;
    },
    onInput: ({ currentTarget }) => {
      photo.settings.attempt({ ...photo.settings.now.peek(), ...change(currentTarget.valueAsNumber) });
    },
    onChange: () => (isKeyed.current ? photo.settings.settleSoon() : photo.settings.settle()),
    onBlur: () => photo.settings.settle(),
  };
}

/** A slider of one setting in the panel, with its name and value. */
export function Slider({
  photo,
  id,
  label,
  value,
  shown,
  change,
  ...range
}: {
  photo: OpenPhoto;
  id: string;
  label: string;
  value: number;
  /** The value as it is written beside the slider. */
  shown: string;
  change: (value: number) => Partial<Settings>;
  min: number;
  max: number;
  step: number;
}): JSX.Element {
  return (
    <div class="row is-wide">
      <label for={id}>{label}</label>
      <input id={id} type="range" {...range} value={value} {...useSettingSlider(photo, change)} />
      <output for={id}>{shown}</output>
    </div>
  );
}
