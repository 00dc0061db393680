import type { BrowserScene, LightOptions } from "@kindling/browser";
import type { Settings } from "./settings.ts";

/** What the worker is asked for to make settings real. */
export function lightOptionsOf({ light }: Settings, _scene: BrowserScene | undefined): LightOptions {
  return { light };
}
