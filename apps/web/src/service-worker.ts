import { clientsClaim } from "workbox-core";
import { addPlugins, type PrecacheEntry, precacheAndRoute } from "workbox-precaching";
import { registerRoute } from "workbox-routing";
import { CacheFirst } from "workbox-strategies";
import { isFetchedLater } from "./fetched-later.ts";

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[] };

/** Adds the headers that threads need, for hosts that do not send them. */
const isolating = {
  async handlerWillRespond({ response }: { response: Response }): Promise<Response> {
    const headers = new Headers(response.headers);
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Embedder-Policy", "require-corp");
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  },
};

const files = [...self.__WB_MANIFEST];
const urlOf = (entry: PrecacheEntry | string) => (typeof entry === "string" ? entry : entry.url);

addPlugins([isolating]);
precacheAndRoute(files.filter((entry) => !isFetchedLater(urlOf(entry))));

// Large files that not every visit needs: kept at first use. Their names change with their content. Hosts that send
// `Vary: Origin` with them mean what they allow others; requests of workers for one file differ in that header.
const laterCache = "kindling-later";
registerRoute(
  ({ url }) => url.origin === self.location.origin && /\/assets\//.test(url.pathname),
  new CacheFirst({ cacheName: laterCache, plugins: [isolating], matchOptions: { ignoreVary: true } }),
);

// What earlier versions kept is of no use to this one: a runtime alone has 14 to 27 MB.
self.addEventListener("activate", (event) => {
  const known = new Set(files.map((entry) => new URL(urlOf(entry), self.location.href).href));
  event.waitUntil(
    caches.open(laterCache).then(async (cache) => {
      for (const { url } of await cache.keys()) if (!known.has(url)) await cache.delete(url);
    }),
  );
});

// A version that waits takes over when the page asks for it.
self.addEventListener("message", ({ data }) => {
  if (data === "use-now") void self.skipWaiting();
});

clientsClaim();
