import { wasm as plain } from "./plain.generated.ts";
import { wasm as relaxed } from "./relaxed.generated.ts";
import { wasm as relaxedShared } from "./relaxed-shared.generated.ts";
import { wasm as shared } from "./shared.generated.ts";

/** The modules of this thread: code that was optimised for one network is there for the next. */
const modules = new Map<boolean, WebAssembly.Module>();

/** The module for memory that threads share or do not, with the instructions that there are here. */
export function moduleFor(isShared: boolean): WebAssembly.Module {
  const known = modules.get(isShared);
  if (known) return known;
  const [fast, sure] = (isShared ? [relaxedShared, shared] : [relaxed, plain]).map(bytesOf);
  const module = new WebAssembly.Module(WebAssembly.validate(fast) ? fast : sure);
  modules.set(isShared, module);
  return module;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
