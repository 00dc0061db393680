import { words } from "../i18n/language.ts";
import { notify } from "./notices.ts";
import { photos } from "./studio.ts";

/** Key of this tab's storage that marks the reload for threads, so that it happens once. */
const reloadedKey = "kindling.reloaded";

/**
 * Keeps the page for use offline, and enables threads where the host does not send the headers for them: the service
 * worker adds these from the second load on, which is made at once while no photo is open. A newer version of the page is
 * offered, and loaded when the person says so.
 */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const workers = navigator.serviceWorker;
  let isUpdating = false;
  workers.addEventListener("controllerchange", () => {
    if (isUpdating) return location.reload();
    if (crossOriginIsolated || photos.peek().length > 0 || sessionStorage.getItem(reloadedKey)) return;
    sessionStorage.setItem(reloadedKey, "yes");
    location.reload();
  });
  const offer = (waiting: ServiceWorker) => {
    const act = () => {
      isUpdating = true;
      waiting.postMessage("use-now");
    };
    const say = words.peek();
    notify("info", say.update, { topic: "update", stays: true, action: { label: say.updateNow, act } });
  };
  workers.register("service-worker.js").then(
    (registration: ServiceWorkerRegistration | undefined) => {
      // Some browsers that block storage give none.
      if (!registration) return;
      // Without a controller it is the first version.
      if (registration.waiting && workers.controller) offer(registration.waiting);
      registration.addEventListener("updatefound", () => {
        const { installing } = registration;
        installing?.addEventListener("statechange", () => {
          if (installing.state === "installed" && workers.controller) offer(installing);
        });
      });
      // A page that stays open for days would not hear of it.
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "visible") registration.update().catch(() => undefined);
      });
    },
    // Without it the page works too, but only online.
    () => undefined,
  );
}
