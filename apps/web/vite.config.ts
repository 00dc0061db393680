import { defineConfig, type Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { drawPublicFiles } from "./build/draw-public-files.ts";

export default defineConfig({
  root: import.meta.dirname,
  // Any folder of any host will do.
  base: "./",
  worker: { format: "es" },
  build: { target: "es2022", modulePreload: { polyfill: false } },
  server: { headers: isolation() },
  preview: { headers: isolation() },
  plugins: [
    { name: "kindling-public-files", buildStart: drawPublicFiles },
    contentSecurityPolicy(),
    VitePWA({
      strategies: "injectManifest",
      srcDir: "src",
      filename: "service-worker.ts",
      injectRegister: false,
      injectManifest: {
        globPatterns: ["index.html", "assets/*.{js,css,woff2}", "*.{svg,png}", "samples/*.webp"],
        // Fetched when first used: what only some photos and methods need.
        globIgnores: ["**/avif_enc*", "**/ort*", "**/encode-*"],
      },
      manifest: {
        name: "Kindling",
        short_name: "Kindling",
        description: "Drop a dark photo, drag the light. Everything happens on your own machine.",
        display: "standalone",
        background_color: "#12100e",
        theme_color: "#12100e",
        icons: [
          { src: "icon-192.png", sizes: "192x192", type: "image/png" },
          { src: "icon-512.png", sizes: "512x512", type: "image/png", purpose: "any maskable" },
        ],
      },
    }),
  ],
});

/** What a host sends so that networks may use several threads. */
function isolation(): Record<string, string> {
  return { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
}

/** Nothing but the page's own files, and no script or style inside the page: photos have nowhere to go. */
function contentSecurityPolicy(): Plugin {
  const policy = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self' blob:",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' blob: data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
  };
  const content = Object.entries(policy)
    .map(([name, sources]) => `${name} ${sources}`)
    .join("; ");
  return {
    name: "kindling-content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content }, injectTo: "head-prepend" },
    ],
  };
}
