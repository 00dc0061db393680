import { describeNetworkGradients, isQuicklyChecked } from "../../../test/support/network-gradients.ts";
import { networks } from "./systems.ts";

describeNetworkGradients(networks.filter(isQuicklyChecked));
