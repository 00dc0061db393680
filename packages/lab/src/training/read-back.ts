import type { Runtime, SessionOptions } from "@kindling/core";
import { createGraph, encodeOnnx, identity, input } from "@kindling/nets";
import { type DeviceState, mixedDevices, type TrainingState } from "./step-runner.ts";

const prefix = "read/";

/**
 * Reads the tensors that a GPU holds into a state. They stay on the GPU as well.
 *
 * ONNX Runtime's binding for Node cannot read them itself (1.30 ends the process), so a graph copies them.
 *
 * @param options of the steps.
 * @throws {KindlingError} `no-device` where the copying graph did not get the GPU; what `Runtime.open` and
 * `ModelSession.run` throw.
 */
export async function readBack(
  runtime: Runtime,
  state: TrainingState,
  onDevice: DeviceState,
  options: SessionOptions,
): Promise<void> {
  if (onDevice.size === 0) return;
  const inputs = [...onDevice].map(([name, { shape }]) => input(name, shape));
  const outputs = Object.fromEntries([...onDevice.keys()].map((name, i) => [prefix + name, identity(inputs[i])]));
  const model = encodeOnnx(createGraph("read-back", inputs, outputs), new Map());
  const session = await runtime.open(model, options);
  if (!session.runOnDevice) throw mixedDevices();
  const { outputs: read } = await session.runOnDevice({}, Object.fromEntries(onDevice));
  for (const [name, tensor] of Object.entries(read)) state.set(name.slice(prefix.length), tensor);
}
