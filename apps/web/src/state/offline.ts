import { photos } from "./studio.ts";

/** Remembers, for this tab, that the page was loaded anew for threads: it must not happen over and over. */
const reloadedKey = "kindling.reloaded";

/**
 * Keeps the page for use without a network, and gives it threads where the host sends no headers for them: those come
 * with the service worker's answers, so from the second load on. As long as there is no photo, that load is made here.
 */
export function goOffline(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (crossOriginIsolated || photos.peek().length > 0 || sessionStorage.getItem(reloadedKey)) return;
    sessionStorage.setItem(reloadedKey, "yes");
    location.reload();
  });
  // Without it the page works all the same, with a network.
  navigator.serviceWorker.register("service-worker.js").catch(() => undefined);
}
