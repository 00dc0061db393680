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
// Last: changes of all the above for screens of other sizes.
import "./styles/screens.css";
import "./i18n/language.ts";
import "./state/theme.ts";
import { render } from "preact";
import { Page } from "./parts/page.tsx";
import { refineWhenIdle } from "./state/full-size-picture.ts";
import { registerServiceWorker } from "./state/register-service-worker.ts";

const ground = document.getElementById("page");
if (ground) render(<Page />, ground);
registerServiceWorker();
refineWhenIdle();
