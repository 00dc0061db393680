import {
  abs,
  add,
  constant,
  createGraph,
  equal,
  expand,
  freeDimension,
  gradients,
  greater,
  input,
  integers,
  leakyRelu,
  maxPool2,
  mod,
  mul,
  reduceMax,
  reduceMean,
  reduceSum,
  relu,
  sigmoid,
  type Tensor,
  where,
} from "@kindling/nets";
import { apply, operations } from "@kindling/nets/internal";
import { describe, expect, it } from "vitest";
import { expectNumericGradients, expectRuntimeAgrees, probe, seeded } from "../support/gradient-check.ts";
import { evaluate } from "../support/reference/evaluate.ts";
import { runGraph } from "../support/run-graph.ts";
import { differentiable, undifferentiable } from "./operation-cases.ts";

describe("the registry of operations", () => {
  it("has a checked use of every operation that a gradient can flow through", () => {
    expect([...Object.keys(differentiable), ...undifferentiable].sort()).toEqual([...operations.keys()].sort());
  });

  it("has a gradient rule for exactly those", () => {
    const rules = [...operations.values()].filter(({ gradient }) => gradient).map(({ type }) => type);
    expect(rules.sort()).toEqual(Object.keys(differentiable).sort());
  });
});

const uses = Object.entries(differentiable).flatMap(([type, list]) =>
  list.map((use) => [`${type}: ${use.about}`, type, use] as const),
);

describe.each(uses)("%s", (_, type, { shapes, range = [-1, 1], build }) => {
  const inputs = shapes.map((shape, i) => input(`input${i}`, shape));
  const leaves = new Map(inputs.map((tensor, i) => [tensor, seeded(`input${i}`, shapes[i], range)]));
  const output = build(...inputs);

  it("uses the operation", () => {
    expect(createGraph("use", inputs, { output }).nodes.map(({ operation }) => operation.type)).toContain(type);
  });

  it("has the gradients that differences of the reference say", () => {
    expectNumericGradients(probe(output), inputs, leaves);
  });

  it("is computed by ONNX Runtime as by the reference, gradients too", async () => {
    await expectRuntimeAgrees([output, ...gradients(probe(output), inputs)], leaves);
  });
});

describe("gradients", () => {
  const x = input("x", [4]);
  const at = (tensor: Tensor, ...values: number[]) => [
    ...evaluate([tensor], new Map([[x, { shape: [values.length], data: Float64Array.from(values) }]]))[0].data,
  ];

  it("are shared evenly among equal extrema", () => {
    expect(at(gradients(reduceMax(x, undefined, false), [x])[0], 1, 3, 3, 2)).toEqual([0, 0.5, 0.5, 0]);
  });

  it("of leaky ReLU have its slope at 0, of ReLU and absolute values none", () => {
    const gradientOf = (y: Tensor) => at(gradients(reduceSum(y, undefined, false), [x])[0], -1, 0, 0, 2);
    expect(gradientOf(leakyRelu(x, 0.5))).toEqual([0.5, 0.5, 0.5, 1]);
    expect(gradientOf(relu(x))).toEqual([0, 0, 0, 1]);
    expect(gradientOf(abs(x))).toEqual([-1, 0, 0, 1]);
  });

  it("of pooling a flat picture add up to those of the pooled one", () => {
    const flat = input("flat", [1, 1, 4, 4]);
    const [gradient] = gradients(reduceSum(maxPool2(flat), undefined, false), [flat]);
    const [{ data }] = evaluate([gradient], new Map([[flat, { shape: [1, 1, 4, 4], data: new Float64Array(16) }]]));
    expect([...data]).toEqual(new Array(16).fill(0.25));
  });

  it("add up where a tensor is used twice, and each node is differentiated once", () => {
    const shared = sigmoid(x);
    const [gradient] = gradients(reduceSum(add(mul(shared, shared), shared), undefined, false), [x]);
    const s = 1 / (1 + Math.exp(-0.5));
    expect(at(gradient, 0.5, 0, 0, 0)[0]).toBeCloseTo((2 * s + 1) * s * (1 - s), 12);
    const { nodes } = createGraph("g", [x], { gradient });
    expect(nodes.filter(({ operation }) => operation.type === "Sigmoid")).toHaveLength(1);
  });

  it("are zeros for what the loss does not depend on", () => {
    const other = input("other", [2]);
    const [gradient] = gradients(reduceSum(x, undefined, false), [other]);
    expect([...evaluate([gradient], new Map([[other, { shape: [2], data: new Float64Array(2) }]]))[0].data]).toEqual([
      0, 0,
    ]);
  });

  it("can be differentiated again", () => {
    const [first] = gradients(reduceSum(mul(mul(x, x), x), undefined, false), [x]);
    const [second] = gradients(reduceSum(first, undefined, false), [x]);
    expect(at(second, 1, -2, 3, 0.5)).toEqual([6, -12, 18, 3]);
  });

  it("work at sizes that are only known when the graph runs, where no picture is convolved", async () => {
    const [batch, n] = [freeDimension("batch"), freeDimension("n")];
    const [a, b] = [input("a", [batch, n]), input("b", [n])];
    const loss = reduceMean(mul(mul(a, b), a), undefined, false);
    const [da, db] = gradients(loss, [a, b]);
    const { da: onA, db: onB } = await runGraph(createGraph("free", [a, b], { da, db }), new Map(), {
      a: { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) },
      b: { shape: [3], values: Float32Array.of(1, 2, 3) },
    });
    expect([...onA.values].map((v) => v * 6)).toEqual([2, 8, 18, 8, 20, 36].map((v) => expect.closeTo(v, 4)));
    expect([...onB.values].map((v) => v * 6)).toEqual([17, 29, 45].map((v) => expect.closeTo(v, 4)));
  });

  it("refuse a loss that is no single number, and sizes they need as numbers, by the operation's name", () => {
    expect(() => gradients(x, [x])).toThrow(/tensor of one element.*float32 \[4\]/);
    const free = input("free", [1, 1, freeDimension("height"), 4]);
    expect(() => gradients(reduceSum(maxPool2(free), undefined, false), [free])).toThrow(/MaxPool: .*sizes in numbers/);
  });

  it("name an operation that has no rule", () => {
    const { gradient: _, ...without } = operations.get("Exp")!;
    const [y] = apply({ ...without, type: "Untrainable" }, [x]);
    expect(() => gradients(reduceSum(y, undefined, false), [x])).toThrow(/operation Untrainable has no gradient/);
    expect(() => gradients(reduceSum(y, undefined, false), [])).not.toThrow();
  });

  it("do not flow through whole numbers and comparisons", () => {
    const chosen = where(greater(x, 0), expand(constant(2), integers([4])), mul(x, 3));
    expect(at(gradients(reduceSum(chosen, undefined, false), [x])[0], 1, -1, 2, -2)).toEqual([0, 3, 0, 3]);
    expect(mod(integers([5]), integers([3])).element).toBe("int64");
    expect(equal(x, x).element).toBe("bool");
  });
});
