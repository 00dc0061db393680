import {
  methods as classicalMethods,
  defaultMethod,
  type Enhancer,
  type FollowOptions,
  factsOfMethod,
  KindlingError,
  openEnhancer,
} from "@kindling/core";
import { networkMethods } from "@kindling/systems/inference";
import { openModelStore } from "../models/open-model-store.ts";
import { createRuntime } from "../runtime/runtime.ts";
import { sizeOfRuntime } from "../runtime/session.ts";
import type { MethodAbilities, MethodSummary, SceneOptions, WorkerSettings } from "./worker-api.ts";

/** Memory in bytes that a network's run may take: below the default elsewhere, as browsers allow pages less. */
const maxMemoryBytes = 600e6;

/** The methods of one worker, each opened once. */
export interface Methods {
  /** All methods; the default comes first. */
  list(): Promise<readonly MethodSummary[]>;
  /** @throws {KindlingError} what opening an enhancer throws. */
  open(wanted: SceneOptions, options: FollowOptions): Promise<Enhancer>;
}

/** Collects the classical methods and the networks in the folder that the settings name. */
export function createMethods({ device, modelsUrl }: WorkerSettings): Methods {
  const models = modelsUrl === undefined ? undefined : openModelStore(modelsUrl);
  const ports = models && { models, runtime: createRuntime(), networks: networkMethods };
  const opening = new Map<string, Promise<Enhancer>>();

  async function list(): Promise<readonly MethodSummary[]> {
    // Classical methods need no connection.
    const manifests = (await models?.list().catch(() => [])) ?? [];
    const offered = manifests.filter(({ unfit }) => unfit === undefined);
    const runtimeBytes = offered.length > 0 ? await sizeOfRuntime(device) : 0;
    const networks = offered.flatMap(({ network, tag, title, about, licence, parts }): MethodSummary[] => {
      if (!networkMethods.some(({ name }) => name === network)) return [];
      const bytes = Object.values(parts).reduce((sum, part) => sum + part.bytes, 0);
      const abilities = abilitiesOf(factsOfMethod(network, networkMethods));
      return [{ name: `${network}.${tag}`, title, about, isNetwork: true, licence, bytes, runtimeBytes, ...abilities }];
    });
    const classical = classicalMethods.map(({ name, title, about }) => {
      const abilities = abilitiesOf(factsOfMethod(name, []));
      return { name, title, about, isNetwork: false, bytes: 0, runtimeBytes: 0, ...abilities };
    });
    const all = [...networks, ...classical];
    // Without the default network a classical method comes first: it needs no download.
    const first = all.find(isDefault) ?? classical[0];
    return first ? [first, ...all.filter((method) => method !== first)] : all;
  }

  return {
    list,
    async open({ method: name, settings = {} }, options) {
      const method = name ?? (await list())[0]?.name ?? defaultMethod;
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

function isDefault({ name }: MethodSummary): boolean {
  return name === defaultMethod || name.startsWith(`${defaultMethod}.`);
}

/** What the page must know of a method. */
export function abilitiesOf(facts: MethodAbilities): MethodAbilities {
  const { options, strengths, defaultStrengths, hasMaps, hasOwnLight } = facts;
  return { options, strengths, defaultStrengths, hasMaps, hasOwnLight };
}
