import { type Graph, inputName, type Tensor } from "@kindling/nets";
import { formatShape } from "@kindling/nets/internal";
import type { CardFacts } from "./model-card.ts";

/** Describes what the graph of each part takes and gives, with shapes: `image [batch, 3, height, width]`. */
export function describePorts(graphs: Readonly<Record<string, Graph>>): CardFacts["ports"] {
  const describe = (name: string, { shape }: Tensor) => `${name} ${formatShape(shape)}`;
  return Object.fromEntries(
    Object.entries(graphs).map(([part, { inputs, outputs }]) => [
      part,
      {
        takes: inputs.map((tensor) => describe(inputName(tensor), tensor)),
        gives: Object.entries(outputs).map(([name, tensor]) => describe(name, tensor)),
      },
    ]),
  );
}
