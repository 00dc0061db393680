import type { LucideIcon } from "lucide-preact";
import type { JSX } from "preact";

/** A button with an icon; its label is its tooltip and for screen readers. */
export function IconButton({
  icon: Icon,
  label,
  onClick,
  disabled,
  pressed,
  isWorded = false,
}: {
  icon: LucideIcon;
  label: string;
  onClick: () => void;
  disabled?: boolean;
  pressed?: boolean;
  /** Whether the label is also shown beside the icon where there is room. */
  isWorded?: boolean;
}): JSX.Element {
  return (
    <button
      type="button"
      class="icon-button"
      onClick={onClick}
      aria-label={label}
      title={label}
      disabled={disabled}
      {...(pressed !== undefined && { "aria-pressed": pressed })}
    >
      <Icon size={18} aria-hidden="true" />
      {isWorded && <span class="icon-word">{label}</span>}
    </button>
  );
}
