import { photos } from "./studio.ts";

/** Key of this tab's storage that marks the reload for threads, so that it happens once. */
const reloadedKey = "kindling.reloaded";

/**
 * Keeps the page for use offline, and enables threads where the host does not send the headers for them: the service
 * worker adds these from the second load on, which is made at once while no photo is open.
 */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (crossOriginIsolated || photos.peek().length > 0 || sessionStorage.getItem(reloadedKey)) return;
    sessionStorage.setItem(reloadedKey, "yes");
    location.reload();
  });
  // Without it the page works too, but only online.
  navigator.serviceWorker.register("service-worker.js").catch(() => undefined);
}
