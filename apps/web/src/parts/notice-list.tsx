import { X } from "lucide-preact";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import { dismissNotice, type Notice, notices } from "../state/notices.ts";
import { IconButton } from "./icon-button.tsx";

/** Messages to the person; errors stay until they are dismissed. */
export function NoticeList(): JSX.Element {
  return (
    <div class="notices" role="log" aria-live="polite" aria-label={words.value.messages}>
      {notices.value.map((notice) => (
        <NoticeCard key={notice.id} {...notice} />
      ))}
    </div>
  );
}

function NoticeCard({ id, kind, text, details = [], action }: Notice): JSX.Element {
  return (
    <div class="notice" data-kind={kind} role={kind === "error" ? "alert" : undefined}>
      <div class="notice-text">
        <p>{text}</p>
        {details.length > 0 && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled with keys.
          <ul tabIndex={0} aria-label={text}>
            {details.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </div>
      {action && (
        <button
          type="button"
          class="chip"
          onClick={() => {
            dismissNotice(id);
            action.act();
          }}
        >
          {action.label}
        </button>
      )}
      <IconButton icon={X} label={words.value.dismiss} onClick={() => dismissNotice(id)} />
    </div>
  );
}
