import type { Allocate, Refuse } from "./allocation-budget.ts";
import type { ByteCursor } from "./byte-cursor.ts";

/** What a pickle may hold; `Special` is what its dialect makes of globals, calls and persistent ids. */
export type PickleValue<Special> =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Special
  | PickleValue<Special>[]
  | Map<PickleValue<Special>, PickleValue<Special>>;

/** Gives the few names and calls of one pickle dialect their meaning; each throws for what it does not support. */
export interface PickleDialect<Special> {
  readonly global: (module: string, name: string) => Special;
  readonly call: (callee: PickleValue<Special>, args: PickleValue<Special>[]) => PickleValue<Special>;
  readonly persistent: (id: PickleValue<Special>) => Special;
}

// What one opcode leaves in memory at most (a value, its place on the stack or in the memo), and an empty Map besides.
const opcodeBytes = 64;
const mapBytes = 192;

/**
 * Runs one pickle, from the cursor up to its STOP, on a machine that can build only data.
 *
 * Covers what protocols 2 to 4 write for nested dictionaries, lists, tuples, text and numbers. Nothing is imported and
 * nothing is executed: names and calls go to the dialect, every other opcode is refused. Time and memory are linear in
 * the bytes read (counted by `allocate`), and nothing recurses.
 *
 * Source: the opcode descriptions in Python's `Lib/pickletools.py`.
 *
 * @throws what the cursor's `refuse` makes, for a damaged pickle or an opcode that is not understood.
 */
export function unpickle<Special>(
  cursor: ByteCursor,
  dialect: PickleDialect<Special>,
  allocate: Allocate,
): PickleValue<Special> {
  type Value = PickleValue<Special>;
  const { refuse } = cursor;
  let stack: Value[] = [];
  const marked: Value[][] = [];
  const memo = new Map<number, Value>();

  const found = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw refuse(`its pickle lacks ${what} at byte ${cursor.offset - 1}`);
    return value;
  };
  const top = (): Value => found(stack.at(-1), "a value");
  const pop = (): Value => found(stack.pop(), "a value");
  const popMany = (count: number): Value[] => {
    if (stack.length < count) throw refuse(`its pickle lacks a value at byte ${cursor.offset - 1}`);
    return stack.splice(stack.length - count);
  };
  const popToMark = (): Value[] => {
    const items = stack;
    stack = found(marked.pop(), "a mark");
    return items;
  };
  const push = (value: Value): void => {
    stack.push(value);
  };
  const append = (items: Value[]): void => {
    const list = top();
    if (!Array.isArray(list)) throw refuse("its pickle appends to what is no list");
    for (const item of items) list.push(item);
  };
  const setItems = (items: Value[]): void => {
    const map = top();
    if (!(map instanceof Map) || items.length % 2 !== 0)
      throw refuse("its pickle sets an item of what is no dictionary");
    for (let i = 0; i < items.length; i += 2) map.set(items[i], items[i + 1]);
  };
  const store = (key: number): void => {
    memo.set(key, top());
  };
  const recall = (key: number): void => push(found(memo.get(key), `the stored value ${key}`));

  const run: ReadonlyMap<number, () => void> = new Map<number, () => void>([
    [0x80, () => checkProtocol(cursor.uint8(), refuse)], // PROTO
    [0x95, () => cursor.skip(8)], // FRAME: its length only helps a reader that buffers.

    [0x4e, () => push(null)], // NONE
    [0x88, () => push(true)], // NEWTRUE
    [0x89, () => push(false)], // NEWFALSE
    [0x4b, () => push(cursor.uint8())], // BININT1
    [0x4d, () => push(cursor.uint16())], // BININT2
    [0x4a, () => push(cursor.int32())], // BININT
    [0x8a, () => push(integerOf(cursor.take(cursor.uint8())))], // LONG1
    [0x47, () => push(cursor.float64BigEndian())], // BINFLOAT

    [0x8c, () => push(cursor.text(cursor.uint8()))], // SHORT_BINUNICODE
    [0x58, () => push(cursor.text(cursor.uint32()))], // BINUNICODE
    [0x8d, () => push(cursor.text(cursor.uint64()))], // BINUNICODE8
    [0x55, () => push(cursor.text(cursor.uint8()))], // SHORT_BINSTRING: Python 2's str
    [0x54, () => push(cursor.text(cursor.uint32()))], // BINSTRING
    [0x43, () => push(cursor.take(cursor.uint8()))], // SHORT_BINBYTES
    [0x42, () => push(cursor.take(cursor.uint32()))], // BINBYTES

    [0x5d, () => push([])], // EMPTY_LIST
    [0x29, () => push([])], // EMPTY_TUPLE
    [
      0x7d, // EMPTY_DICT
      () => {
        allocate(mapBytes, "its pickle");
        push(new Map());
      },
    ],
    [
      0x28, // MARK
      () => {
        marked.push(stack);
        stack = [];
      },
    ],
    [0x74, () => push(popToMark())], // TUPLE
    [0x85, () => push(popMany(1))], // TUPLE1
    [0x86, () => push(popMany(2))], // TUPLE2
    [0x87, () => push(popMany(3))], // TUPLE3
    [0x61, () => append(popMany(1))], // APPEND
    [0x65, () => append(popToMark())], // APPENDS
    [0x73, () => setItems(popMany(2))], // SETITEM
    [0x75, () => setItems(popToMark())], // SETITEMS

    [0x30, () => pop()], // POP
    [0x31, () => popToMark()], // POP_MARK
    [0x71, () => store(cursor.uint8())], // BINPUT
    [0x72, () => store(cursor.uint32())], // LONG_BINPUT
    [0x94, () => store(memo.size)], // MEMOIZE
    [0x68, () => recall(cursor.uint8())], // BINGET
    [0x6a, () => recall(cursor.uint32())], // LONG_BINGET

    [0x63, () => push(dialect.global(cursor.line(), cursor.line()))], // GLOBAL
    [
      0x93, // STACK_GLOBAL
      () => {
        const [module, name] = popMany(2);
        if (typeof module !== "string" || typeof name !== "string") throw refuse("its pickle names what is no text");
        push(dialect.global(module, name));
      },
    ],
    [
      0x52, // REDUCE
      () => {
        const [callee, args] = popMany(2);
        if (!Array.isArray(args)) throw refuse("its pickle calls with what is no tuple");
        push(dialect.call(callee, args));
      },
    ],
    [0x51, () => push(dialect.persistent(pop()))], // BINPERSID
    [
      0x62, // BUILD: state dictionaries carry module versions as an attribute; no weight lies in it.
      () => {
        pop();
        if (!(top() instanceof Map)) throw refuse("its pickle restores the state of what is no dictionary");
      },
    ],
  ]);

  for (let opcode = cursor.uint8(); opcode !== 0x2e; opcode = cursor.uint8()) {
    allocate(opcodeBytes, "its pickle");
    const step = run.get(opcode);
    if (!step) {
      const code = `0x${opcode.toString(16).padStart(2, "0")}`;
      throw refuse(`its pickle uses opcode ${code} at byte ${cursor.offset - 1}, which no state dictionary needs`);
    }
    step();
  }
  return pop();
}

function checkProtocol(protocol: number, refuse: Refuse): void {
  if (protocol < 2 || protocol > 4) throw refuse(`its pickle has protocol ${protocol}; known are 2, 3 and 4`);
}

/** A two's-complement little-endian integer; a bigint where a double would lose digits. */
function integerOf(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (const byte of bytes.toReversed()) value = (value << 8n) | BigInt(byte);
  const signed = BigInt.asIntN(bytes.length * 8, value);
  const double = Number(signed);
  return Number.isSafeInteger(double) ? double : signed;
}
