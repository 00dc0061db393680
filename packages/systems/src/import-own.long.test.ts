// Checkpoints of ten million weights with the optimiser's memory of each; the small ones are checked on every commit.
import { isLargeSystem } from "../../../test/support/many-weights.ts";
import { describeOwnCheckpoints } from "../../../test/support/own-checkpoints.ts";
import { systems } from "./systems.ts";

describeOwnCheckpoints(systems, systems.filter(isLargeSystem));
