import type { MethodSummary } from "@kindling/browser";
import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import { methodText } from "../state/method-text.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { methodOf, methods } from "../state/studio.ts";

/** The methods there are, each with what it is good for. */
export function MethodList({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const chosen = methodOf(photo);
  const option = (method: MethodSummary) => (
    <option key={method.name} value={method.name}>
      {methodText(method).title}
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
          {methodText(chosen).about}
          {chosen.isNetwork && say.fetches((chosen.bytes / 1e6).toFixed(1))}
        </p>
      )}
    </section>
  );
}
