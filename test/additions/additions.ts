import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Addition, change, create, type Edit, prepend } from "./addition.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A system with the files of MSR-net, the smallest, under another name. */
function copySystem(): Edit[] {
  const from = "packages/systems/src/msr-net";
  const rename = (text: string) =>
    text
      .replaceAll("msrNet", "sampleNet")
      .replaceAll("MsrNet", "SampleNet")
      .replaceAll("msr-net", "sample-net")
      .replaceAll('"msr"', '"sample"');
  return readdirSync(join(root, from))
    .filter((file) => !file.endsWith(".test.ts"))
    .map((file) =>
      create(`packages/systems/src/sample-net/${rename(file)}`, rename(readFileSync(join(root, from, file), "utf8"))),
    );
}

const system: Addition = {
  recipe: "A system",
  name: "sample-net",
  edits: [
    ...copySystem(),
    {
      path: "packages/systems/src/methods.ts",
      change: (text) => `${text}export { sampleNet } from "./sample-net/inference.ts";\n`,
    },
  ],
};

/** A term with a weight that people can set. */
const systemLoss: Addition = {
  recipe: "A loss term of one system",
  name: "flat",
  of: "msr-net",
  edits: [
    prepend(
      "packages/systems/src/msr-net/loss.ts",
      'import { abs, meanOf } from "@kindling/nets";',
      ["lambda = 1e-6)", "lambda = 1e-6, flat = 0)"],
      ["      data: div(", "      flat: meanOf(abs(sub(enhanced, target))),\n      data: div("],
      ["{ data: 1, ", "{ flat, data: 1, "],
    ),
    change(
      "packages/systems/src/msr-net/step.ts",
      ["lambda?: number)", "lambda?: number, flat = 0)"],
      [", lambda);", ", lambda, flat);"],
    ),
    change(
      "packages/systems/src/msr-net/recipe.ts",
      [
        "    lambda: {",
        '    flat: { default: 0.1, min: 0, max: 1, about: "weight of the absolute error" },\n    lambda: {',
      ],
      ["settings.lambda)", "settings.lambda, settings.flat)"],
    ),
  ],
};

const sharedLoss: Addition = {
  recipe: "A loss that systems share",
  name: "charbonnier",
  edits: [
    create(
      "packages/nets/src/losses/charbonnier.ts",
      `import { add, mul, reduceMean, sqrt, sub } from "../graph/builders.ts";
import type { Tensor } from "../graph/tensor.ts";

/** The mean of sqrt(d^2 + 0.001^2) over all differences d, a scalar. */
export function charbonnier(x: Tensor, target: Tensor): Tensor {
  const difference = sub(x, target);
  return reduceMean(sqrt(add(mul(difference, difference), 1e-6)), undefined, false);
}
`,
    ),
    prepend("packages/nets/src/index.ts", 'export { charbonnier } from "./losses/charbonnier.ts";'),
    prepend("test/autodiff/losses.test.ts", 'import { charbonnier } from "@kindling/nets";', [
      "  edges: {",
      "  charbonnier: { pictures: { shapes: [[2, 3, 4, 5], [2, 3, 4, 5]], build: charbonnier } },\n  edges: {",
    ]),
  ],
};

const metric: Addition = {
  recipe: "A metric",
  name: "rmse",
  edits: [
    create(
      "packages/core/src/metrics/rmse.ts",
      `import type { Picture } from "../image/picture.ts";
import { mse } from "./mse.ts";

/** Root of the mean squared error, in levels of 0..255. */
export function rmse(result: Picture, reference: Picture): number {
  return Math.sqrt(mse(result, reference));
}
`,
    ),
    prepend("packages/core/src/index.ts", 'export { rmse } from "./metrics/rmse.ts";'),
    prepend(
      "packages/lab/src/evaluation/metric-table.ts",
      'import { rmse } from "@kindling/core";',
      ['  | "mse"', '  | "mse"\n  | "rmse"'],
      [
        '  {\n    name: "loe",',
        `  {
    name: "rmse",
    measure: ({ result, reference }) => reference && rmse(result, reference),
    title: "RMSE",
    short: "RMSE",
    group: "error",
    better: "less",
    decimals: 2,
    about: "Root of the mean squared error in levels of 0 to 255.",
  },
  {\n    name: "loe",`,
      ],
    ),
  ],
};

const operator: Addition = {
  recipe: "An operator",
  name: "softplus",
  of: "functions",
  edits: [
    change(
      "packages/nets/src/graph/operations/functions.ts",
      [
        "/** Rounded down. */\nconst",
        `/** ln(1 + e^x). */
const softplusOperation = unary("Softplus", 1, (build, g, _, y) =>
  build.mul(g, build.sub(1, build.pow(Math.E, build.neg(y)))),
);
/** Rounded down. */\nconst`,
      ],
      ["  sqrtOperation,\n", "  sqrtOperation,\n  softplusOperation,\n"],
      [
        "/**\n * Rounded down.\n *\n * @example",
        `/**
 * ln(1 + e^x).
 *
 * @example
 * const light = softplus(image);
 */
export function softplus(x: Tensor): Tensor {
  return applyOne(softplusOperation, [x]);
}

/**
 * Rounded down.
 *
 * @example`,
      ],
    ),
    change("packages/nets/src/index.ts", [
      /(sqrt) (\} from "\.\/graph\/operations\/functions\.ts")/,
      "softplus, $1 $2",
    ]),
    prepend("test/autodiff/operation-cases.ts", 'import { softplus } from "@kindling/nets";', [
      "  Floor: ",
      "  Softplus: simple(softplus),\n  Floor: ",
    ]),
    change("test/support/reference/operators.ts", [
      "  ReduceSum: ",
      "  Softplus: each((x) => Math.log1p(Math.exp(x))),\n  ReduceSum: ",
    ]),
  ],
};

const classicalMethod: Addition = {
  recipe: "A classical method",
  name: "root",
  edits: [
    create(
      "packages/core/src/classical/root.ts",
      `import { within } from "../flow/steps.ts";
import { colourChannels, copyAlpha, createPicture } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";
import { defineMethod } from "./define-method.ts";

/** The same root for every sample. */
export const root = defineMethod({
  name: "root",
  title: "Root",
  about: "One soft tone curve of a single setting. Shadows stay flat.",
  paper: { title: "Gamma and its disguises", authors: "C. A. Poynton", year: 1993, venue: "SMPTE Journal" },
  options: { degree: { default: 2, min: 1, max: 4, about: "The root that is taken." } },
  *enhance(picture, { degree }) {
    const { width, height, channels, samples } = picture;
    const result = createPicture(width, height, channels);
    const colours = colourChannels(picture);
    const rows = overRows(height, width, (from, to) => {
      for (let p = from * width * channels; p < to * width * channels; p += channels) {
        for (let c = 0; c < colours; c++) result.samples[p + c] = samples[p + c] ** (1 / degree);
      }
    });
    yield* within(0, 0.9, rows);
    const alpha = overRows(height, width, (from, to) => copyAlpha(picture, result, from * width, to * width));
    yield* within(0.9, 1, alpha);
    return result;
  },
});
`,
    ),
    prepend("packages/core/src/classical/registry.ts", 'import { root } from "./root.ts";', [
      /(ClassicalMethod\[\] = \[[^\]]*)\]/,
      "$1root]",
    ]),
  ],
};

const command: Addition = {
  recipe: "A command",
  name: "count",
  edits: [
    create(
      "apps/cli/src/commands/count.ts",
      `import type { Command } from "commander";

/** Defines \`kindling count\`: prints how many photos it was given. */
export function defineCount(command: Command): void {
  command
    .description("Prints how many photos it was given.")
    .argument("<photos...>", "the photos")
    .action((photos: string[]) => {
      process.stdout.write(\`\${photos.length} photos\\n\`);
    });
}
`,
    ),
    change("apps/cli/src/commands/command-list.ts", [
      /\n\];\n$/,
      `
  {
    name: "count",
    summary: "print how many photos there are",
    load: async () => (await import("./count.ts")).defineCount,
  },
];
`,
    ]),
  ],
};

const panel: Addition = {
  recipe: "A panel of the page",
  name: "facts-box",
  edits: [
    create(
      "apps/web/src/parts/facts-box.tsx",
      `import type { JSX } from "preact";
import { words } from "../i18n/language.ts";
import type { OpenPhoto } from "../state/open-photo.ts";

/** The method in use. */
export function FactsBox({ photo }: { photo: OpenPhoto }): JSX.Element {
  return (
    <section class="control">
      <h2>{words.value.factsAbout}</h2>
      <p>{photo.settings.now.value.method}</p>
    </section>
  );
}
`,
    ),
    prepend("apps/web/src/parts/panel.tsx", 'import { FactsBox } from "./facts-box.tsx";', [
      /^( *)(.*<SaveBox photo=\{photo\} \/>.*)$/m,
      "$1$2\n$1<FactsBox photo={photo} />",
    ]),
    change("apps/web/src/i18n/en.ts", ['  histogramAbout: "', '  factsAbout: "In use",\n  histogramAbout: "']),
    ...["de", "es", "ja", "ko", "zh"].map((code) =>
      change(`apps/web/src/i18n/${code}.ts`, ['  histogramAbout: "', `  factsAbout: "${code}",\n  histogramAbout: "`]),
    ),
  ],
};

/** One addition of each kind, each made of the files that its recipe names. */
export const additions: readonly Addition[] = [
  system,
  systemLoss,
  sharedLoss,
  metric,
  operator,
  classicalMethod,
  command,
  panel,
];
