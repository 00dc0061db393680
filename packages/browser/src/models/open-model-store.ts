import { KindlingError, type ModelManifest, type ModelStore } from "@kindling/core";
import { fetchKept } from "./fetch-kept.ts";
import { fetchPart } from "./fetch-part.ts";

/**
 * Opens a folder of trained networks on a web server, laid out as in the package `@kindling/models`: `index.json` lists
 * them, `<network>/<tag>.json` describes one, its files lie beside it. Fetched files are kept for use offline.
 *
 * @param folder its URL, with a slash at the end.
 */
export function openModelStore(folder: string): ModelStore {
  let index: Promise<readonly string[]> | undefined;
  const listNames = () => {
    index ??= fetchJson<{ models: readonly string[] }>(new URL("index.json", folder).href).then(({ models }) => models);
    // A failed fetch is tried again at the next call.
    index.catch(() => {
      index = undefined;
    });
    return index;
  };
  const fetchManifest = async (name: string): Promise<ModelManifest> => {
    const url = new URL(`${name.replace(".", "/")}.json`, folder).href;
    const manifest = await fetchJson<ModelManifest>(url);
    if (manifest.format === 1 && `${manifest.network}.${manifest.tag}` === name) return manifest;
    throw new KindlingError(
      "invalid-model",
      `${url}: expected the manifest of ${name}; got another file. Load the page again.`,
    );
  };
  return {
    list: async () => Promise.all((await listNames()).map(fetchManifest)),
    async manifest(network, tag) {
      const known = await listNames();
      const wanted = known.find((name) =>
        tag === undefined ? name.startsWith(`${network}.`) : name === `${network}.${tag}`,
      );
      if (wanted !== undefined) return fetchManifest(wanted);
      throw new KindlingError(
        "not-found",
        `${network}: there are no such weights in ${folder}; there are ${known.join(", ") || "none"}. Choose one of them or a classical method such as lime.`,
      );
    },
    async load({ network, tag, parts }, part, options = {}) {
      const described = parts[part];
      if (!described) throw new KindlingError("invalid-model", `${network}.${tag} has no part ${part}.`);
      const url = new URL(`${network}/${described.file}`, folder).href;
      return fetchPart({ url, bytes: described.bytes, sha256: described.sha256 }, options);
    },
  };
}

/** Fetches JSON: the server's newest, or the cached one where the server cannot be reached. */
async function fetchJson<Content>(url: string): Promise<Content> {
  const response = await fetchKept(url);
  try {
    return await response.json();
  } catch (cause) {
    throw new KindlingError("invalid-model", `${url}: expected JSON; got another format. Load the page again.`, {
      cause,
    });
  }
}
