import type { Enhancer, Picture } from "@kindling/node";

/** Lights a picture automatically, at the defaults of the method, as `kindling enhance` does. */
export async function enhanceAtAuto(enhancer: Enhancer, picture: Picture): Promise<Picture> {
  const photo = { picture, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] } as const;
  return (await (await enhancer.analyse(photo)).relight()).picture;
}
