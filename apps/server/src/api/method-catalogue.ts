import { createHash } from "node:crypto";
import {
  type Device,
  defaultMethod,
  factsOfMethod,
  KindlingError,
  type MethodFacts,
  methods,
  openModelStore,
} from "@kindling/node";
import { chooseWeights } from "@kindling/node/internal";

/** A method as `GET /v1/methods` lists it. */
interface ListedMethod extends Pick<MethodFacts, "name" | "strengths" | "defaultStrengths" | "hasMaps"> {
  readonly kind: "network" | "classical";
  readonly title: string;
  readonly about: string;
  readonly isDefault: boolean;
  /** Terms of a network's weights. */
  readonly licence?: string;
  readonly settings: MethodFacts["options"];
  /** How long a slow method takes. */
  readonly duration?: string | undefined;
}

/** The methods of a server. What they are is read once, when it starts. */
export interface MethodCatalogue {
  readonly methods: readonly ListedMethod[];
  /**
   * Checks the name of a method, and gives what identifies it with its weights.
   *
   * @throws {KindlingError} `invalid-option`. No name opens a file.
   */
  identify(method: string): string;
  /** Names the weights that a method runs with: those that are quickest here for `ember.fastest`, else what was asked for. */
  choose(method: string): Promise<string>;
}

/** Reads the methods that a server offers: the networks of a folder, and the classical methods. */
export async function readMethodCatalogue(models: string | undefined, device: Device): Promise<MethodCatalogue> {
  const manifests = await openModelStore(models)
    .list()
    .catch((error: unknown) => {
      // Without the package of models the classical methods remain.
      if (error instanceof KindlingError && error.code === "not-found" && models === undefined) return [];
      throw error;
    });
  const known = manifests.map(({ network, tag, title, about, licence, parts }) => ({
    facts: factsOfMethod(`${network}.${tag}`),
    network,
    card: { title, about, licence },
    weights: createHash("sha256")
      .update(JSON.stringify(Object.values(parts).map(({ sha256 }) => sha256)))
      .digest("hex"),
  }));
  const first = known.find(({ network }) => network === defaultMethod);
  const networks = known.map(
    ({ facts: { name, strengths, defaultStrengths, hasMaps, options: settings }, ...entry }): ListedMethod => ({
      name,
      kind: "network",
      ...entry.card,
      isDefault: entry.network === defaultMethod && name === first?.facts.name,
      strengths,
      defaultStrengths,
      hasMaps,
      settings,
    }),
  );
  const classical = methods.map(({ name, title, about, duration }): ListedMethod => {
    const { strengths, defaultStrengths, hasMaps, options: settings } = factsOfMethod(name);
    const abilities = { strengths, defaultStrengths, hasMaps, settings };
    return { name, kind: "classical", title, about, isDefault: false, ...abilities, duration };
  });
  return {
    methods: [...networks, ...classical],
    choose: (method) => chooseWeights(method, { models, device }),
    identify(method) {
      const { made, name } = factsOfMethod(method);
      if (made.by === "formula") return name;
      const found = known.find(
        ({ network, facts }) =>
          network === made.method.name && (made.tag === undefined || facts.name === `${network}.${made.tag}`),
      );
      if (found) return `${name} ${found.weights}`;
      const names = known.map(({ facts }) => facts.name).join(", ") || "none";
      throw new KindlingError("invalid-option", `method: there are no weights ${name}; there are ${names}.`);
    },
  };
}
