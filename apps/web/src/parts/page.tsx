import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import { current } from "../state/studio.ts";
import { DropGround } from "./drop-ground.tsx";
import { Header } from "./header.tsx";
import { LightDock } from "./light-dock.tsx";
import { NoticeList } from "./notice-list.tsx";
import { Panel } from "./panel.tsx";
import { Stage } from "./stage.tsx";
import { Strip } from "./strip.tsx";
import { useFocusKept } from "./use-focus-kept.ts";
import { usePageKeys } from "./use-page-keys.ts";
import { Welcome } from "./welcome.tsx";

/** The whole page. */
export function Page(): JSX.Element {
  const photo = current.value;
  usePageKeys();
  useFocusKept();
  return (
    <div class="page">
      <a class="skip" href="#photo">
        {words.value.skipToPhoto}
      </a>
      <Header />
      <main id="photo" class={photo ? "studio" : "empty"}>
        {photo ? (
          <>
            <Stage photo={photo} />
            <LightDock photo={photo} />
            <Panel photo={photo} />
            <Strip />
          </>
        ) : (
          <Welcome />
        )}
      </main>
      <NoticeList />
      <DropGround />
    </div>
  );
}
