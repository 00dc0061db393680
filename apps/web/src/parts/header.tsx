import { FlameKindling, Moon, Redo2, Sun, Undo2 } from "lucide-preact";
import type { JSX } from "preact";
import { type Language, language, languages, speak, words } from "../i18n/language.ts";
import { current } from "../state/studio.ts";
import { switchTheme, theme } from "../state/theme.ts";
import { HelpButton } from "./help-button.tsx";
import { IconButton } from "./icon-button.tsx";

/** Name of the page, the photo it holds, and what concerns the page itself. */
export function Header(): JSX.Element {
  const say = words.value;
  const photo = current.value;
  const fullSize = photo?.photo.value?.fullSize;
  return (
    <header class="header">
      <h1 class="brand">
        <FlameKindling size={22} aria-hidden="true" />
        Kindling
      </h1>
      {photo && (
        <p class="file-name">
          <span>{photo.file.name}</span>
          {fullSize && <small>{say.size(fullSize.width, fullSize.height)}</small>}
        </p>
      )}
      <div class="header-tools">
        {photo && (
          <>
            <IconButton
              icon={Undo2}
              label={say.undo}
              onClick={photo.settings.undo}
              disabled={!photo.settings.canUndo.value}
            />
            <IconButton
              icon={Redo2}
              label={say.redo}
              onClick={photo.settings.redo}
              disabled={!photo.settings.canRedo.value}
            />
          </>
        )}
        <select
          class="language"
          aria-label={say.chooseLanguage}
          value={language.value}
          onChange={(event) => speak(event.currentTarget.value as Language)}
        >
          {Object.entries(languages).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
        <HelpButton />
        <IconButton
          icon={theme.value === "dark" ? Sun : Moon}
          label={theme.value === "dark" ? say.themeToLight : say.themeToDark}
          onClick={switchTheme}
        />
      </div>
    </header>
  );
}
