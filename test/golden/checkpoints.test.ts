import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import {
  matchParameters,
  type NamedBytes,
  openCheckpoint,
  type ParameterMapping,
  type StoredTensor,
} from "@kindling/nets";
import { describe, expect, it } from "vitest";
import { kindPlusTensorflow, kindTensorflow } from "../../packages/systems/src/kind/tensorflow-names.ts";
import { retinexNetPytorch } from "../../packages/systems/src/retinex-net/pytorch-names.ts";
import { retinexNetTensorflow } from "../../packages/systems/src/retinex-net/tensorflow-names.ts";
import { goldenTensors, hasShared, sharedPath } from "../support/shared.ts";

/** The files of one folder of `../shared/weights`. */
function filesOf(folder: string): NamedBytes[] {
  const path = sharedPath("weights", ...folder.split("/"));
  return readdirSync(path).map((name) => ({ name, bytes: readFileSync(`${path}/${name}`) }));
}

/** The golden tensors of some nets by our paths: golden names are the checkpoint's, golden layouts are ours. */
function goldenByPath(file: string, mapping: ParameterMapping, nets: readonly string[]): Map<string, StoredTensor> {
  const golden = goldenTensors(`${file}.safetensors`);
  const sources = [...mapping.sources].filter(([path]) => nets.includes(path.split("/")[0]));
  return new Map(sources.map(([path, { name }]) => [path, golden.get(name)!]));
}

function shapesOf(tensors: ReadonlyMap<string, StoredTensor>): Map<string, readonly number[]> {
  return new Map([...tensors].map(([path, { shape }]) => [path, shape]));
}

function parametersOf(tensors: ReadonlyMap<string, StoredTensor>): number {
  return [...tensors.values()].reduce((sum, { values }) => sum + values.length, 0);
}

describe.skipIf(!hasShared)("official and public checkpoints", () => {
  it.each([
    ["kind/decomposition", kindTensorflow, "kind_official_weights", "decomposition", 18, 235_876],
    ["kind/adjustment", kindTensorflow, "kind_official_weights", "adjustment", 8, 19_393],
    [
      "retinex-net/decomposition",
      retinexNetTensorflow,
      "retinexnet_decom_official_weights",
      "decomposition",
      14,
      undefined,
    ],
  ] as const)(
    "the official %s has exactly the golden weights once in our layout",
    (folder, mapping, file, net, count, size) => {
      const golden = goldenByPath(file, mapping, [net]);
      expect(golden.size).toBe(count);
      if (size !== undefined) expect(parametersOf(golden)).toBe(size);
      expect(matchParameters(shapesOf(golden), openCheckpoint(filesOf(folder)), mapping, folder)).toEqual(golden);
    },
  );

  it.each(["decomposition", "adjustment"])("KinD++'s %s has KinD's shapes and other values", (net) => {
    const kind = goldenByPath("kind_official_weights", kindTensorflow, [net]);
    const plus = matchParameters(shapesOf(kind), openCheckpoint(filesOf(`kind-plus/${net}`)), kindPlusTensorflow, net);
    expect([...plus.keys()].sort()).toEqual([...kind.keys()].sort());
    expect(plus).not.toEqual(kind);
  });

  it("KinD's restoration is mapped from the names that the official code gives its 42 tensors", () => {
    const gradients = goldenTensors("kind_loss_restoration.safetensors").keys();
    const official = [...gradients]
      .filter((name) => name.startsWith("grad."))
      .map((name) => name.slice("grad.".length));
    const mapped = [...kindTensorflow.sources].filter(([path]) => path.startsWith("restoration/"));
    expect(mapped.length).toBe(42);
    expect(mapped.map(([, { name }]) => name)).toEqual(expect.arrayContaining(official));
  });

  it("the PyTorch port of RetinexNet has the official decomposition's shapes and other values", () => {
    const official = goldenByPath("retinexnet_decom_official_weights", retinexNetTensorflow, ["decomposition"]);
    const given = openCheckpoint(filesOf("retinex-net-pytorch/decomposition"));
    const port = matchParameters(shapesOf(official), given, retinexNetPytorch, "port");
    expect([...port.keys()].sort()).toEqual([...official.keys()].sort());
    expect(port).not.toEqual(official);
  });

  it("the PyTorch port's relighting net differs from the official one in its three skip layers, and says so", () => {
    const official = goldenByPath("retinexnet_relight_random_weights_f16", retinexNetTensorflow, ["relight"]);
    const given = openCheckpoint(filesOf("retinex-net-pytorch/relight"));
    expect(() => matchParameters(shapesOf(official), given, retinexNetPytorch, "9200.tar")).toThrow(
      /^9200\.tar: its tensors are not those of this network: 3 of the wrong shape: net2_deconv1_1\.weight \(for relight\/up1\/weight\) is \[64, 128, 3, 3\] and should be \[64, 64, 3, 3\]/,
    );
  });

  it("a checkpoint of another network is refused with what is missing and unexpected", () => {
    const wanted = shapesOf(goldenByPath("kind_official_weights", kindTensorflow, ["decomposition"]));
    expect(() => matchParameters(wanted, openCheckpoint(filesOf("zero-dce")), kindTensorflow, "Epoch99.pth")).toThrow(
      /18 missing: DecomNet\/g_conv1_1\/weights \(for decomposition\/g1\/weight\), .*…; 14 unexpected: e_conv1\.weight, .*…\. Choose/,
    );
  });

  it.each([
    ["kind/decomposition", 18, "DecomNet/g_up_1/weights", [2, 2, 64, 128]],
    ["kind/adjustment", 8, "Illumination_adjust_net/en_conv_1/weights", [3, 3, 2, 32]],
    ["kind-plus/decomposition", 18, "DecomNet/g_up_1/weights", [2, 2, 64, 128]],
    ["kind-plus/adjustment", 8, "I_enhance_Net/conv_1/weights", [3, 3, 2, 32]],
    ["retinex-net/decomposition", 74, "DecomNet/recon_layer/kernel/AdamOptimizer_1", [3, 3, 64, 4]],
    ["retinex-net-pytorch/decomposition", 14, "net1_conv0.weight", [64, 4, 9, 9]],
    ["retinex-net-pytorch/relight", 18, "net2_fusion.weight", [64, 192, 1, 1]],
    ["zero-dce", 14, "e_conv7.weight", [24, 64, 3, 3]],
    ["pairlie", 30, "L_net.L_net.1.weight", [64, 3, 3, 3]],
    ["msr-net-port", 44, "difference_of_convolution.avg_conv.weight", [3, 36, 1, 1]],
  ])("%s opens by its content alone and lists its tensors", (folder, count, name, shape) => {
    const tensors = openCheckpoint(filesOf(folder).map((file, i) => ({ ...file, name: `${i}` })));
    expect(tensors.size).toBe(count);
    expect(tensors.get(name)?.shape).toEqual(shape);
    for (const [, { values }] of tensors) expect(values.every(Number.isFinite)).toBe(true);
  });

  it("opens every file of the folder of weights", () => {
    const folders = readdirSync(sharedPath("weights"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== "README.md")
      .map((entry) => entry.parentPath);
    for (const folder of new Set(folders)) {
      const files = readdirSync(folder).map((name) => ({ name, bytes: readFileSync(`${folder}/${name}`) }));
      expect(openCheckpoint(files).size, basename(folder)).toBeGreaterThan(0);
    }
  });
});
