import { describe, it } from "vitest";
import { expectRebuilt } from "../../../../test/support/rebuilt-picture.ts";
import { expectGolden, goldenModelTensors, runGraph } from "../../../../test/support/run-graph.ts";
import { hasShared } from "../../../../test/support/shared.ts";
import { sharedWeights } from "../../../../test/support/shared-weights.ts";
import { retinexNetNetworks, retinexNetPortNetworks } from "./networks.ts";
import { retinexNetPytorch } from "./pytorch-names.ts";
import { retinexNetTensorflow } from "./tensorflow-names.ts";

describe.skipIf(!hasShared)("RetinexNet's weights from public files", () => {
  it("give the golden layers, from the authors' own", async () => {
    const golden = goldenModelTensors("retinexnet_forward.safetensors");
    const { decomposition } = retinexNetNetworks;
    const weights = sharedWeights(decomposition, "retinex-net/decomposition", retinexNetTensorflow);
    for (const n of ["a", "b"]) {
      const { reflectance, illumination } = await runGraph(decomposition.build(), weights, {
        image: golden(`${n}.input`),
      });
      expectGolden(reflectance, golden(`${n}.R`), 1e-5);
      expectGolden(illumination, golden(`${n}.L`), 1e-5);
    }
  });

  it("of the port to PyTorch run, and its two layers give the picture back", async () => {
    const { decomposition } = retinexNetPortNetworks;
    await expectRebuilt(
      decomposition,
      sharedWeights(decomposition, "retinex-net-pytorch/decomposition", retinexNetPytorch),
    );
  });
});
