import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ModelManifest, methods, openModelStore, type Paper } from "@kindling/node";
import { systems } from "@kindling/systems";
import { alignedTable } from "./aligned-table.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Every network that enhances photos, with the weights that ship for it. */
export async function methodTable(): Promise<string> {
  const models = await openModelStore().list();
  const rows = systems.map(({ name, method: { withoutWeights }, networks: [{ paper }] }) => {
    const shipped = models.filter(({ network }) => network === name);
    const title = shipped[0]?.title ?? paper.title;
    return [
      `\`${name}\``,
      `${title}, ${citation(paper)}`,
      shipped.map(describeModel).join(" ") || `none: \`kindling train ${name}\`. ${withoutWeights}`,
    ];
  });
  return alignedTable(["network", "what it is", "weights in `models/`"], rows);
}

/** Every classical method. */
export function classicalTable(): string {
  const rows = methods.map(({ name, title, about, paper }) => [`\`${name}\``, `${title}, ${citation(paper)}`, about]);
  return alignedTable(["method", "what it is", "what to expect"], rows);
}

function describeModel({ network, tag, about, unfit }: ModelManifest): string {
  const folder = ["models", "models/research"].find((place) => existsSync(`${root}${place}/${network}/${tag}.md`));
  const told = unfit === undefined ? about : `${about} Kept to compare with, not offered for photos: ${unfit}`;
  return `[\`${tag}\`](../${folder}/${network}/${tag}.md): ${told}`;
}

/** First author and year. */
function citation({ authors, year }: Paper): string {
  const [first, ...others] = authors.split(", ");
  const surname = first.replace(/^(-?\p{Lu}[\p{L}-]*\. ?)+/u, "");
  return `${surname}${others.length > 0 ? " et al." : ""} ${year}`;
}
