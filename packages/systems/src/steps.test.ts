import { isLargeSystem } from "../../../test/support/many-weights.ts";
import { describeStages } from "../../../test/support/stage-checks.ts";
import { systems } from "./systems.ts";

describeStages(systems.filter((system) => !isLargeSystem(system)));
