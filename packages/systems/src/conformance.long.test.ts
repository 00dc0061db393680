// Networks of ten million weights: seconds each to encode, open and run; the small ones are checked on every commit.
import { hasManyWeights } from "../../../test/support/many-weights.ts";
import { describeConformance } from "../../../test/support/network-checks.ts";
import { networks } from "./systems.ts";

describeConformance(networks.filter(hasManyWeights));
