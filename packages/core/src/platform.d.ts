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
declare class MessageChannel {
  readonly port1: MessagePort;
  readonly port2: MessagePort;
}
interface MessagePort {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  close(): void;
}
interface ArrayBuffer {
  /** Left out by Node 20 and by browsers from before 2024. */
  transfer?(newByteLength?: number): ArrayBuffer;
}
