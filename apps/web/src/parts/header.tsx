import { FlameKindling, Moon, Redo2, Sun, Undo2 } from "lucide-preact";
import type { JSX } from "preact";
import { formatNumber } from "../i18n/format-number.ts";
import { changeLanguage, type Language, language, languages, words } from "../i18n/language.ts";
import { current } from "../state/studio.ts";
import { switchTheme, theme } from "../state/theme.ts";
import { HelpButton } from "./help-button.tsx";
import { IconButton } from "./icon-button.tsx";

/** The page's name, the photo's name and size, undo and redo, language, help and theme. */
export function Header(): JSX.Element {
  const say = words.value;
  const photo = current.value;
  const size = photo?.photo.value?.originalSize;
  return (
    <header class="header">
      <h1 class="brand">
        <FlameKindling size={22} aria-hidden="true" />
        Kindling
      </h1>
      {photo && (
        <p class="file-name">
          <span>{photo.file.name}</span>
          {size && <small>{say.size(formatNumber(size.width), formatNumber(size.height))}</small>}
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
          onChange={(event) => changeLanguage(event.currentTarget.value as Language)}
        >
          {languages.map(({ code, name }) => (
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
