import type { MethodSummary } from "@kindling/browser";
import type { JSX } from "preact";
import { formatBytes } from "../i18n/format-number.ts";
import { words } from "../i18n/language.ts";
import { describeMethod } from "../state/describe-method.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { findMethod, methods } from "../state/studio.ts";

/** The list of methods, and what the chosen one is good for. */
export function MethodList({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const chosen = findMethod(photo);
  const option = (method: MethodSummary) => (
    <option key={method.name} value={method.name}>
      {describeMethod(method).title}
    </option>
  );
  const networks = methods.value.filter(({ isNetwork }) => isNetwork);
  return (
    <section class="control">
      <label for="method">{say.method}</label>
      <select
        id="method"
        value={chosen?.name}
        onChange={(event) => photo.settings.settle({ ...photo.settings.now.peek(), method: event.currentTarget.value })}
      >
        {networks.length > 0 && <optgroup label={say.networks}>{networks.map(option)}</optgroup>}
        <optgroup label={say.classical}>{methods.value.filter(({ isNetwork }) => !isNetwork).map(option)}</optgroup>
      </select>
      {chosen && (
        <p class="about">
          {describeMethod(chosen).about}
          {chosen.isNetwork &&
            say.fetches(
              formatBytes(chosen.bytes),
              chosen.runtimeBytes > 0 ? formatBytes(chosen.runtimeBytes) : undefined,
            )}
        </p>
      )}
      {chosen?.licence && (
        <details class="about">
          <summary>{say.terms}</summary>
          {/* As its card says it, in English. */}
          <p lang="en">{chosen.licence}</p>
        </details>
      )}
    </section>
  );
}
