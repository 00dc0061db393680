import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { networkMethods } from "./inference.ts";
import { systems } from "./systems.ts";

const source = new URL("./", import.meta.url);
const folders = readdirSync(source, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe("the list of systems", () => {
  it("has every folder of systems, and nothing else", () => {
    expect(networkMethods.map(({ name }) => name).sort()).toEqual(folders.sort());
  });
});

describe.each(folders)("the folder %s", (folder) => {
  const system = systems.find(({ method }) => method.name === folder)!;

  it("has system.ts, whose system has the folder's name", () => {
    expect(existsSync(new URL(`${folder}/system.ts`, source))).toBe(true);
    expect(system.name).toBe(folder);
    expect(system.method).toBe(networkMethods.find(({ name }) => name === folder));
  });

  it("cites the paper of its networks where photos are enhanced, unless it is Kindling's own", () => {
    const own = folder === "ember";
    for (const { paper } of system.networks) expect(system.method.paper).toEqual(own ? undefined : paper);
  });

  it("keeps its weights in parts that inference has, each a network of the system", () => {
    const needed = Object.keys(system.method.bytesPerPixel);
    for (const { name, parts } of system.models) {
      expect(name.split("+")[0]).toBe(folder);
      for (const [part, { network }] of Object.entries(parts)) {
        expect(system.networks).toContain(network);
        expect(needed).toContain(part);
      }
    }
  });

  it("knows foreign names of parameters that its networks have", () => {
    for (const { networks: family, mapping } of system.foreignNames) {
      const own = system.networks.filter(({ name }) => name === family || name.startsWith(`${family}/`));
      const paths = new Set(own.flatMap((network) => network.build().parameters.map(({ path }) => path)));
      expect([...mapping.sources.keys()].filter((path) => !paths.has(path))).toEqual([]);
    }
  });
});
