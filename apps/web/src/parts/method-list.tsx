import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import type { OpenPhoto } from "../state/open-photo.ts";
import { methods } from "../state/studio.ts";

/** The methods there are, each with what it is good for. */
export function MethodList({ photo }: { photo: OpenPhoto }): JSX.Element {
  const say = words.value;
  const settings = photo.settings.now.value;
  const chosen = methods.value.find(({ name }) => name === settings.method);
  return (
    <section class="control">
      <label for="method">{say.method}</label>
      <select
        id="method"
        value={settings.method}
        onChange={(event) =>
          photo.settings.settle({ ...photo.settings.now.peek(), method: event.currentTarget.value })
        }
      >
        {methods.value.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      {chosen && <p class="about">{chosen.about}</p>}
    </section>
  );
}
