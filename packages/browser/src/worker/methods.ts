import {
  methods as classicalMethods,
  defaultMethod,
  type Enhancer,
  type FollowOptions,
  factsOfMethod,
  KindlingError,
  type ModelManifest,
  openEnhancer,
} from "@kindling/core";
import { areSameWeights, asksForFastest, integerTag, withoutFollower } from "@kindling/core/internal";
import { networkMethods } from "@kindling/systems/inference";
import { openModelStore } from "../models/open-model-store.ts";
import { createRuntime } from "../runtime/runtime.ts";
import { sizeOfRuntime } from "../runtime/session.ts";
import type { MethodAbilities, MethodSummary, SceneOptions, WorkerSettings } from "./worker-api.ts";

/** Memory in bytes that a network's run may take: below the default elsewhere, as browsers allow pages less. */
const maxMemoryBytes = 600e6;

/** The methods of one worker, each opened once. */
export interface Methods {
  /** All methods; the default, Ember, comes first. */
  list(): Promise<readonly MethodSummary[]>;
  /** @throws {KindlingError} what opening an enhancer throws. */
  open(wanted: SceneOptions, options: FollowOptions): Promise<Enhancer>;
}

/** Collects the classical methods and the networks in the folder that the settings name. */
export function createMethods({ device, modelsUrl }: WorkerSettings): Methods {
  const models = modelsUrl === undefined ? undefined : openModelStore(modelsUrl);
  const ports = models && { models, runtime: createRuntime(), networks: networkMethods };
  const opening = new Map<string, Promise<Enhancer>>();

  // Classical methods need no connection.
  const listModels = async () => (await models?.list().catch(() => [])) ?? [];

  /** Names the weights of a network that are quickest: floats, in the module of WebAssembly as on a GPU. */
  function nameQuickest(network: string, manifests: readonly ModelManifest[]): string | undefined {
    const floats = manifests.find((model) => model.network === network);
    return floats && `${network}.${floats.tag}`;
  }

  /** Bytes of the runtime that a network has to be fetched with. */
  async function runtimeBytesOf({ network, tag }: ModelManifest): Promise<number> {
    const runsInModule = networkMethods.find(({ name }) => name === network)?.runsInModule ?? false;
    return runsInModule && tag !== integerTag && device !== "webgpu" ? 0 : sizeOfRuntime(device);
  }

  async function list(): Promise<readonly MethodSummary[]> {
    const manifests = await listModels();
    const offered = manifests.filter(({ unfit }) => unfit === undefined);
    // Integers are slower here than the floats they were made of.
    const isSlower = (model: ModelManifest) =>
      model.tag === integerTag && offered.some((other) => areSameWeights(model, other));
    const known = offered.filter(
      (model) => networkMethods.some(({ name }) => name === model.network) && !isSlower(model),
    );
    const networks = await Promise.all(
      known.map(async (manifest): Promise<MethodSummary> => {
        const { network, tag, title, about, licence, parts } = manifest;
        const bytes = Object.values(parts).reduce((sum, part) => sum + part.bytes, 0);
        const runtimeBytes = await runtimeBytesOf(manifest);
        const abilities = abilitiesOf(factsOfMethod(network, networkMethods));
        return { name: `${network}.${tag}`, title, about, isNetwork: true, licence, bytes, runtimeBytes, ...abilities };
      }),
    );
    const classical = classicalMethods.map(({ name, title, about }) => {
      const abilities = abilitiesOf(factsOfMethod(name, []));
      return { name, title, about, isNetwork: false, bytes: 0, runtimeBytes: 0, ...abilities };
    });
    const all = [...networks, ...classical];
    // Without the default network a classical method comes first: it needs no download.
    const quickest = nameQuickest(defaultMethod, offered);
    const first = all.find(({ name }) => name === quickest) ?? classical[0];
    return first ? [first, ...all.filter((method) => method !== first)] : all;
  }

  /** The name of the weights that a name stands for. */
  async function resolve(name: string | undefined): Promise<string> {
    if (name === undefined) return (await list())[0]?.name ?? defaultMethod;
    if (!asksForFastest(name)) return name;
    const first = withoutFollower(name);
    const manifests = await listModels();
    // Somebody's own weights may have that tag.
    if (manifests.some(({ network, tag }) => `${network}.${tag}` === first)) return name;
    const [network = ""] = first.split(".");
    return `${nameQuickest(network, manifests) ?? network}${name.slice(first.length)}`;
  }

  return {
    list,
    async open({ method: name, settings = {} }, options) {
      const method = await resolve(name);
      const key = JSON.stringify([method, settings]);
      const known = opening.get(key);
      if (known) {
        try {
          return await known;
        } catch (error) {
          // The call that started the loading was cancelled; this one was not.
          if (!(error instanceof KindlingError && error.code === "cancelled")) throw error;
        }
      }
      const made = openEnhancer({ method, settings, device, maxMemoryBytes, ...options }, ports);
      opening.set(key, made);
      made.catch(() => opening.delete(key));
      return made;
    },
  };
}

/** What the page must know of a method. */
export function abilitiesOf(facts: MethodAbilities): MethodAbilities {
  const { options, strengths, defaultStrengths, hasMaps, hasOwnLight } = facts;
  return { options, strengths, defaultStrengths, hasMaps, hasOwnLight };
}
