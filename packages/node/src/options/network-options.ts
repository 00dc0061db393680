import { devices } from "@kindling/core/internal";
import { z } from "zod";

const unitBytes: Readonly<Record<string, number>> = { "": 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** An amount of memory: `2GB`, `500 MB`, or bytes. */
const memory = z.string().transform((text, context) => {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([KMGT]B|)$/i.exec(text.trim()) ?? [];
  const bytes = Number(number) * (unitBytes[(unit ?? "?").toUpperCase()] ?? Number.NaN);
  if (bytes > 0) return bytes;
  context.addIssue({ code: "custom", message: "expected an amount such as 2GB or 500MB" });
  return z.NEVER;
});

const device = z.enum(devices, { error: "expected auto, cpu or webgpu" }).default("auto");

/** Options of every command that runs trained networks. */
export const networkOptions = {
  device: device.meta({
    flags: "--device <device>",
    description: "device that networks run on: auto (a GPU if there is one), cpu or webgpu",
  }),
  maxMemory: memory.optional().meta({
    flags: "--max-memory <amount>",
    description:
      "memory for networks, besides that of the photos, such as 2GB (default: a quarter of the free memory, up to 4GB)",
  }),
  models: z.string().optional().meta({
    flags: "--models <folder>",
    description: "a folder of trained networks to use instead of the installed ones",
  }),
};

/** Option of everything that reads photos. */
export const maxMegapixelsOption = z.coerce
  .number()
  .positive({ error: "expected a number above 0" })
  .default(200)
  .meta({
    flags: "--max-megapixels <n>",
    description: "refuse larger photos, which could exhaust the memory",
  });
