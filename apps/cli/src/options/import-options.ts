import { z } from "zod";

/** The options of `kindling import`. */
export const importOptions = z.strictObject({
  out: z.string({ error: "expected the path of the model to write, such as model.onnx" }).meta({
    flags: "-o, --out <path>",
    description: "the ONNX file to write",
  }),
  precision: z
    .enum(["float32", "float16"], { error: "expected float32 or float16" })
    .default("float32")
    .meta({ flags: "--precision <type>", description: "how weights are stored: float32, or float16 at half the size" }),
  json: z.boolean().default(false).meta({ flags: "--json", description: "print one JSON object" }),
});
