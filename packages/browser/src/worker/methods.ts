import {
  methods as classicalMethods,
  defaultMethod,
  type Enhancer,
  type FollowOptions,
  KindlingError,
  openEnhancer,
} from "@kindling/core";
import { networkMethods } from "@kindling/systems/inference";
import { openModelStore } from "../models/open-model-store.ts";
import { createRuntime } from "../runtime/runtime.ts";
import type { MethodSummary, WorkerSettings } from "./worker-api.ts";

/** A browser's share of memory is smaller than a computer's: a run of a network takes at most this, in bytes. */
const maxMemoryBytes = 600e6;

/** The methods of one worker, each opened once. */
export interface Methods {
  /** The one that is used where none is asked for comes first. */
  list(): Promise<readonly MethodSummary[]>;
  /** @throws {KindlingError} what opening an enhancer throws. */
  open(name: string | undefined, options: FollowOptions): Promise<Enhancer>;
}

/** The classical methods, and the networks whose files lie where the settings say. */
export function createMethods({ device, modelsUrl }: WorkerSettings): Methods {
  const models = modelsUrl === undefined ? undefined : openModelStore(modelsUrl);
  const ports = models && { models, runtime: createRuntime(), networks: networkMethods };
  const opening = new Map<string, Promise<Enhancer>>();

  async function list(): Promise<readonly MethodSummary[]> {
    // Without a connection there are the classical methods still.
    const manifests = (await models?.list().catch(() => [])) ?? [];
    const networks = manifests.flatMap(({ network, tag, title, about, parts }): MethodSummary[] => {
      const method = networkMethods.find((candidate) => candidate.name === network);
      if (!method) return [];
      const { strengths, hasMaps } = method;
      const bytes = Object.values(parts).reduce((sum, part) => sum + part.bytes, 0);
      return [{ name: `${network}.${tag}`, title, about, isNetwork: true, bytes, strengths, hasMaps }];
    });
    const classical = classicalMethods.map(({ name, title, about }) => {
      return { name, title, about, isNetwork: false, bytes: 0, strengths: [], hasMaps: false };
    });
    const all = [...networks, ...classical];
    // Without the default what runs everywhere at once comes first.
    const first = all.find(isDefault) ?? classical[0];
    return first ? [first, ...all.filter((method) => method !== first)] : all;
  }

  return {
    list,
    async open(name, options) {
      const method = name ?? (await list())[0]?.name ?? defaultMethod;
      const known = opening.get(method);
      if (known) {
        try {
          return await known;
        } catch (error) {
          // Whoever began to load it may have lost interest; that is no reason for others.
          if (!(error instanceof KindlingError && error.code === "cancelled")) throw error;
        }
      }
      const made = openEnhancer({ method, device, maxMemoryBytes, ...options }, ports);
      opening.set(method, made);
      made.catch(() => opening.delete(method));
      return made;
    },
  };
}

function isDefault({ name }: MethodSummary): boolean {
  return name === defaultMethod || name.startsWith(`${defaultMethod}.`);
}
