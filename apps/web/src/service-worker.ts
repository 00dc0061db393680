import { clientsClaim } from "workbox-core";
import { addPlugins, type PrecacheEntry, precacheAndRoute } from "workbox-precaching";
import { registerRoute } from "workbox-routing";
import { CacheFirst } from "workbox-strategies";

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

addPlugins([isolating]);
precacheAndRoute([...self.__WB_MANIFEST]);

// Large files that not every visit needs: cached at first use. Their names change with their content.
registerRoute(
  ({ url }) => url.origin === self.location.origin && /\/(assets|samples)\//.test(url.pathname),
  new CacheFirst({ cacheName: "kindling-later", plugins: [isolating] }),
);

clientsClaim();
