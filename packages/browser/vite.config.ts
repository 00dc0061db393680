import { defineConfig } from "vite";

// The library for pages without a bundler: everything in one folder, to be put beside the page.
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  publicDir: false,
  worker: { format: "es" },
  build: {
    outDir: "standalone",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: "dist/index.js",
      preserveEntrySignatures: "exports-only",
      output: { entryFileNames: "kindling.js" },
    },
  },
});
