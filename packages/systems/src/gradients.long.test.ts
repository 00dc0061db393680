import { describeNetworkGradients, isQuicklyChecked } from "../../../test/support/network-gradients.ts";
import { networks } from "./systems.ts";

// Operations, losses and small networks are checked on every commit; these have no operation that those have not.
describeNetworkGradients(networks.filter((network) => !isQuicklyChecked(network)));
