// The few globals that Node and every browser share and core may use: naming them here keeps all others out.
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
}
declare const performance: { now(): number };
declare function setTimeout(callback: () => void, delayMs: number): unknown;
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
