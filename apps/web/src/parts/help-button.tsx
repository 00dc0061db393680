import { CircleQuestionMark, X } from "lucide-preact";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { words } from "../i18n/language.ts";
import { IconButton } from "./icon-button.tsx";

/** The help: gestures, mouse and keys. */
export function HelpButton(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const say = words.value;
  const rows: readonly (readonly [string, string, ...string[]])[] = [
    [say.helpLook, say.helpLookHow, "+", "−"],
    [say.helpMove, say.helpMoveHow, "←", "→", "↑", "↓"],
    [say.helpFit, "", "0"],
    [say.helpCompare, say.helpCompareHow, "←", "→"],
    [say.original, say.holdOriginal, "\\"],
    [say.undo, "", "Ctrl+Z"],
    [say.redo, "", "Ctrl+Shift+Z", "Ctrl+Y"],
    [say.helpPaste, "", "Ctrl+V"],
  ];
  return (
    <>
      <IconButton icon={CircleQuestionMark} label={say.help} onClick={() => dialog.current?.showModal()} />
      <dialog ref={dialog} class="help" closedby="any" aria-labelledby="help-title">
        <div class="help-head">
          <h2 id="help-title">{say.helpTitle}</h2>
          <IconButton icon={X} label={say.close} onClick={() => dialog.current?.close()} />
        </div>
        <dl>
          {rows.map(([what, how, ...keys]) => (
            <div key={what} data-only-keys={how === ""}>
              <dt>{what}</dt>
              <dd>
                {how && <span>{how}</span>}
                <span class="keys">
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </span>
              </dd>
            </div>
          ))}
        </dl>
      </dialog>
    </>
  );
}
