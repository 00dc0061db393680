// What enhances photos loads neither graphs nor trainers: pages stay small, and the command starts fast.
import { expect, test } from "vitest";
import { findStaticImports } from "./support/static-imports.ts";

/** The rooms that files lie in: `packages/core`, `packages/node/lab` for the entry of the laboratory. */
function roomsOf(files: readonly string[]): string[] {
  const rooms = files.map((file) => {
    const [floor, name, , room] = file.split("/");
    return `${floor}/${name}${room === "lab" ? "/lab" : ""}`;
  });
  return [...new Set(rooms)].sort();
}

const enhancing = ["packages/core", "packages/node", "packages/systems"];

test.each([
  ["packages/core/dist/index.js", ["packages/core"]],
  ["packages/systems/dist/inference.js", ["packages/core", "packages/systems"]],
  ["packages/node/dist/index.js", enhancing],
  ["packages/node/dist/internal.js", enhancing],
  ["packages/node/dist/batch/enhance-worker.js", enhancing],
  ["packages/browser/dist/index.js", ["packages/browser", "packages/core"]],
  ["packages/browser/dist/worker/worker.js", ["packages/browser", "packages/core", "packages/systems"]],
  ["apps/cli/dist/commands/enhance.js", ["apps/cli", ...enhancing]],
  ["apps/cli/dist/commands/maps.js", ["apps/cli", ...enhancing]],
  ["apps/cli/dist/commands/methods.js", ["apps/cli", ...enhancing]],
  ["apps/cli/dist/main.js", ["apps/cli"]],
])("%s loads %j and nothing above", (entry, rooms) => {
  const files = findStaticImports(entry);
  expect(roomsOf(files)).toEqual(rooms);
  expect(files).not.toContain("packages/systems/dist/systems.js");
});

test("an entry of the laboratory is seen to load it", () => {
  const files = findStaticImports("apps/cli/dist/commands/train.js");
  expect(roomsOf(files)).toEqual(
    ["apps/cli", ...enhancing, "packages/lab", "packages/nets", "packages/node/lab"].sort(),
  );
  expect(files).toContain("packages/systems/dist/systems.js");
});
