import { X } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import { dismissNotice, notices } from "../state/notices.ts";

/** Messages to the person; errors stay until they are dismissed. */
export function NoticeList(): JSX.Element {
  return (
    <div class="notices" role="log" aria-live="polite" aria-label={words.value.messages}>
      {notices.value.map(({ id, kind, text }) => (
        <p key={id} class="notice" data-kind={kind} role={kind === "error" ? "alert" : undefined}>
          {text}
          <button
            type="button"
            class="icon-button"
            aria-label={words.value.dismiss}
            title={words.value.dismiss}
            onClick={() => dismissNotice(id)}
          >
            <X size={14} aria-hidden="true" />
          </button>
        </p>
      ))}
    </div>
  );
}
