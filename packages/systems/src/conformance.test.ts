import { hasManyWeights } from "../../../test/support/many-weights.ts";
import { describeConformance } from "../../../test/support/network-checks.ts";
import { networks } from "./systems.ts";

describeConformance(networks.filter((network) => !hasManyWeights(network)));
