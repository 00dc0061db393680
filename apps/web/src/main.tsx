import "@fontsource-variable/instrument-sans/wght.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/layout.css";
import "./styles/panel.css";
import "./styles/strip.css";
import "./styles/overlays.css";
import "./styles/stage.css";
import "./styles/methods.css";
import "./styles/welcome.css";
import "./styles/frame.css";
// Last: changes of all the above for screens of other sizes.
import "./styles/screens.css";
import "./styles/forced-colours.css";
import "./state/theme.ts";
import { render } from "preact";
import { restoreLanguage } from "./i18n/language.ts";
import { Page } from "./parts/page.tsx";
import { estimateWhenIdle } from "./state/file-estimate.ts";
import { refineWhenIdle } from "./state/full-size-picture.ts";
import { keepWork } from "./state/keep-work.ts";
import { registerServiceWorker } from "./state/register-service-worker.ts";

// Before the first paint, so that nobody sees the page change its language.
await restoreLanguage();
const ground = document.getElementById("page");
if (ground) {
  ground.replaceChildren();
  render(<Page />, ground);
}
registerServiceWorker();
keepWork();
refineWhenIdle();
estimateWhenIdle();
