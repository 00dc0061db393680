import { type Device, KindlingError, type ModelManifest, type ModelStore } from "@kindling/core";
import { areSameWeights, followedBy, integerTag, withoutFollower } from "@kindling/core/internal";
import { openModelStore } from "../models/open-model-store.ts";
import { hasGpu } from "../runtime/session.ts";
import { cacheFolder } from "./cache-folder.ts";
import { describeMachine, type Machine } from "./describe-machine.ts";
import { factsOfMethod } from "./facts-of-method.ts";
import { type AnalysisTimes, keepMeasurement, type MeasurementKey, readMeasurement } from "./kept-measurement.ts";
import { type MeasureWeightsJob, measureWeights } from "./measure-weights.ts";

/** Integers are less exact, so that they must take less than this share of the time of floats. */
const worthwhileShare = 0.9;

/** Where a network runs, and where its weights are. */
export interface ChooseWeightsOptions {
  readonly models?: string | undefined;
  /** Default `auto`. */
  readonly device?: Device | undefined;
  /** Whether to measure where a measurement is known already, and to keep the new one; default false. */
  readonly anew?: boolean | undefined;
}

/** What a choice asks the machine; tests bring their own. */
export interface ChooserPorts {
  readonly measure: (job: MeasureWeightsJob) => Promise<AnalysisTimes | undefined>;
  readonly machine: () => Promise<Machine>;
  readonly folder: () => string | undefined;
  /** Whether the device `auto` may be a graphics card. */
  readonly hasGpu: () => boolean;
}

/** `chooseWeights` of this machine. */
export const chooseWeightsHere = createWeightsChooser({
  measure: measureWeights,
  machine: describeMachine,
  folder: cacheFolder,
  hasGpu,
});

/** Creates a `chooseWeights`, for names that ask for the quickest, with measurements and a memory of its own. */
export function createWeightsChooser({ measure, machine, folder, hasGpu }: ChooserPorts) {
  /** For a process that can write nothing; and its calls at the same time share one measurement. */
  const known = new Map<string, Promise<AnalysisTimes | undefined>>();

  async function timesOf(key: MeasurementKey, { models, anew }: ChooseWeightsOptions) {
    const place = folder();
    if (!anew && place !== undefined) {
      const kept = await readMeasurement(place, key);
      if (kept) return kept;
    }
    const ms = await measure({ methods: Object.keys(key.weights), models });
    // Another process may have been quicker: two that begin together must not differ from then on.
    const others = !anew && place !== undefined ? await readMeasurement(place, key) : undefined;
    if (ms && !others && place !== undefined) await keepMeasurement(place, key, ms);
    return others ?? ms;
  }

  return async (method: string, options: ChooseWeightsOptions = {}): Promise<string> => {
    const { models, device = "auto", anew = false } = options;
    const first = withoutFollower(method);
    const { made } = factsOfMethod(first);
    if (made.by === "formula" || made.tag === undefined) return method;
    const store = openModelStore(models);
    const network = made.method.name;
    // Somebody's own weights may have that tag.
    if (await findModel(store, network, made.tag)) return method;
    const floats = await store.manifest(network);
    const withFollower = ({ tag }: ModelManifest) =>
      first === method ? nameOf(network, tag) : followedBy(nameOf(network, tag), method.slice(first.length + 1));
    const integers = await findModel(store, network, integerTag);
    const isOnGpu = device === "webgpu" || (device === "auto" && hasGpu());
    if (isOnGpu || !integers || !areSameWeights(floats, integers)) return withFollower(floats);
    const weights = Object.fromEntries(
      [floats, integers].map(({ tag, parts }) => [
        nameOf(network, tag),
        Object.values(parts).map(({ sha256 }) => sha256),
      ]),
    );
    const key = { weights, ...(await machine()) };
    const id = JSON.stringify(key);
    const waiting = anew ? undefined : known.get(id);
    const measuring = waiting ?? timesOf(key, options);
    known.set(id, measuring);
    const ms = await measuring;
    // A process that could not be started may start later.
    if (!ms) known.delete(id);
    const [ofFloats, ofIntegers] = [floats, integers].map(({ tag }) => ms?.[nameOf(network, tag)] ?? Number.NaN);
    return withFollower((ofIntegers ?? Number.NaN) < worthwhileShare * (ofFloats ?? Number.NaN) ? integers : floats);
  };
}

function nameOf(network: string, tag: string): string {
  return `${network}.${tag}`;
}

async function findModel(store: ModelStore, network: string, tag: string): Promise<ModelManifest | undefined> {
  return store.manifest(network, tag).catch((error: unknown) => {
    if (error instanceof KindlingError && error.code === "not-found") return undefined;
    throw error;
  });
}
