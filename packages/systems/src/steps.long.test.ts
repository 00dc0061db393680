// Networks of ten million weights: seconds for every step; the small ones are checked on every commit.
import { isLargeSystem } from "../../../test/support/many-weights.ts";
import { describeStages } from "../../../test/support/stage-checks.ts";
import { systems } from "./systems.ts";

describeStages(systems.filter(isLargeSystem));
