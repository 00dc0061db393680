// Prints the table of docs/NETWORKS.md: what every network weighs and costs, counted from its graph.   npm run networks
import { countMacs, countParameters, tilingOf } from "@kindling/nets";
import { networks } from "@kindling/systems";

const vga = { batch: 1, height: 480, width: 640 };

console.log("| network | what it does | parameters | GMAC at 640x480 | halo, grid px | source |");
console.log("| --- | --- | ---: | ---: | --- | --- |");
for (const { name, about, paper, build } of networks) {
  const graph = build();
  const tiling = tilingOf(graph);
  const cells = [
    `\`${name}\``,
    about,
    countParameters(graph).toLocaleString("en"),
    (countMacs(graph, vga) / 1e9).toFixed(2),
    tiling ? `${tiling.haloPx}, ${tiling.alignmentPx}` : "whole picture",
    paper.id ?? `${paper.venue} ${paper.year}`,
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
