import { configDefaults, defineConfig } from "vitest/config";

/** `npm run test:long` runs `*.long.test.ts`, what takes minutes and need not run on every commit; `npm test` the rest. */
export default defineConfig(({ mode }) => ({
  test: {
    include: ["packages/*/src", "apps/*/src", "test", "examples"].map(
      (folder) => `${folder}/**/*.${mode === "long" ? "long.test.ts" : "test.ts"}`,
    ),
    exclude: [...configDefaults.exclude, ...(mode === "long" ? [] : ["**/*.long.test.ts"])],
    // Several tests run the real command in child processes; two cores are shared between them.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
    // Files share the modules that a worker has loaded: loading them again took a third of the suite's time. No test
    // replaces a module or changes a global; one that must needs a project of its own.
    isolate: false,
    // Built packages are loaded as they are, not transformed once more.
    server: { deps: { external: [/\/packages\/\w+\/dist\//] } },
  },
}));
