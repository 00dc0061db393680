// The few globals that Node and every browser share and the laboratory may use.
interface AbortSignal {
  readonly aborted: boolean;
}
declare const performance: { now(): number };
declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}
declare function btoa(bytes: string): string;
declare const AbortSignal: { any(signals: readonly AbortSignal[]): AbortSignal };
declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
