import { join } from "node:path";
import { expect, test } from "vitest";
import { cacheFolder } from "./cache-folder.ts";

const home = () => "/home/ada";
const folderOf = (platform: NodeJS.Platform, environment: Record<string, string> = {}) =>
  cacheFolder({ platform, environment, home });

test("the cache lies where the system keeps those of a person, or where KINDLING_CACHE_DIR says", () => {
  expect(folderOf("linux")).toBe(join("/home/ada/.cache/kindling"));
  expect(folderOf("linux", { XDG_CACHE_HOME: "/var/tmp/ada" })).toBe(join("/var/tmp/ada/kindling"));
  expect(folderOf("linux", { XDG_CACHE_HOME: "relative" })).toBe(join("/home/ada/.cache/kindling"));
  expect(folderOf("darwin")).toBe(join("/home/ada/Library/Caches/kindling"));
  expect(folderOf("win32", { LOCALAPPDATA: "/local" })).toBe(join("/local/kindling"));
  expect(folderOf("win32")).toBe(join("/home/ada/AppData/Local/kindling"));
  expect(folderOf("darwin", { KINDLING_CACHE_DIR: "/cache" })).toBe("/cache");
});

test("a person without a home has no cache", () => {
  const nowhere = () => {
    throw new Error("ENOENT");
  };
  expect(cacheFolder({ platform: "linux", environment: {}, home: nowhere })).toBeUndefined();
  const shared = { XDG_CACHE_HOME: "/var/cache" };
  expect(cacheFolder({ platform: "linux", environment: shared, home: nowhere })).toBe(join("/var/cache/kindling"));
});
