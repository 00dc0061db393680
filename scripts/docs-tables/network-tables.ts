import { importableNames } from "@kindling/lab";
import { countMacs, countParameters, tilingOf } from "@kindling/nets";
import { networks, systems } from "@kindling/systems";
import { alignedTable } from "./aligned-table.ts";

const vga = { batch: 1, height: 480, width: 640 };

/** Every network with its size and cost, counted from its graph. */
export function networkTable(): string {
  const head = ["network", "what it does", "parameters", "GMAC at 640x480", "halo, grid px", "source"];
  const rows = networks.map(({ name, about, paper, build }) => {
    const graph = build();
    const tiling = tilingOf(graph);
    return [
      `\`${name}\``,
      about,
      countParameters(graph).toLocaleString("en"),
      (countMacs(graph, vga) / 1e9).toFixed(2),
      tiling ? `${tiling.haloPx}, ${tiling.alignmentPx}` : "whole picture",
      paper.id ?? `${paper.venue} ${paper.year}`,
    ];
  });
  return alignedTable(head, rows, ["parameters", "GMAC at 640x480"]);
}

/** The names that `kindling import` takes, with the checkpoints that it understands under each. */
export function importTable(): string {
  const rows = importableNames(systems).map((name) => {
    const foreign = systems.flatMap((system) =>
      system.foreignNames.filter((names) => (names.system ?? system.name) === name).map(({ about }) => about),
    );
    const isForeign = systems.some(({ foreignNames }) => foreignNames.some(({ system }) => system === name));
    const own = isForeign ? [] : ["Kindling's own"];
    return [`\`${name}\``, [...foreign, ...own].join("; ")];
  });
  return alignedTable(["name", "checkpoints"], rows);
}
