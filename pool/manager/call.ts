/**
 * Calls of objects that live in a manager's server, from any thread.
 *
 * A call is a block of the shared memory. It travels to the server inside the request, the answer is
 * written into it, and its first word is what the caller sleeps on. So any number of calls can be under
 * way in one thread, and the answers need no order.
 *
 * @module
 */

import { type Parts, Shareable, type Steps } from "@polycore/sync";
import {
  allocate,
  byOwnHandle,
  defineKind,
  free,
  holdersOf,
  i32,
  load,
  notify,
  roomFor,
  runAsync,
  runBlocking,
  spinWhile,
  store,
  threadName,
  WaitKind,
} from "@polycore/sync/internal";
import {
  decode,
  detachScratch,
  discard,
  dropBlock,
  encode,
  functionsInLastEncode,
  putNow,
  scratchAddress,
} from "@polycore/shm/internal";
import { type Parcel, toParcel } from "../parcel.ts";
import { toError } from "../payload.ts";
import type { Failure } from "../protocol.ts";
import { errors } from "./errors.ts";
import {
  checkServes,
  dropRequests,
  endOfServer,
  requestsOf,
  serverThread,
} from "./server_block.ts";

/**
 * The words of a call: how far it is, the block with a large answer or 0, the block with arguments that
 * have functions in them or 0, and from there on a small answer.
 */
const STATE = 0, BLOCK = 1, ARGS = 2, INLINE = 4;

/** Words of the block, and how many of them a small answer may have. */
const WORDS = roomFor(48 - 16), INLINE_ROOM = WORDS - INLINE;

/** The states of a call. */
const PENDING = 0, DONE = 1, FAILED = 2;

function makeCall(): number {
  const address = allocate(WORDS);
  i32[address + BLOCK] = i32[address + ARGS] = 0;
  store(address + STATE, PENDING);
  return address;
}

/** A call under way. */
export class Call extends Shareable {
  /** For the library itself. */
  constructor(address?: number) {
    super(address ?? makeCall(), CALL);
  }

  /** In the server: write the answer that was encoded last. */
  answer(failed: boolean, words: number): void {
    const { address } = this;
    if (words <= INLINE_ROOM) {
      const from = scratchAddress();
      for (let i = 0; i < words; i++) i32[address + INLINE + i] = i32[from + i]!;
    } else {
      i32[address + BLOCK] = detachScratch();
    }
    store(address + STATE, failed ? FAILED : DONE);
    notify(address + STATE);
    this.dispose();
  }

  /** In the caller: the answer, which is there; or throw what the server threw. */
  take(): unknown {
    const { address } = this;
    const failed = load(address + STATE) === FAILED;
    const block = i32[address + BLOCK]!;
    store(address + STATE, PENDING); // it may serve once more
    i32[address + BLOCK] = 0;
    let value: unknown;
    try {
      value = decode(block || address + INLINE);
    } finally {
      if (block !== 0) free(block);
    }
    if (failed) throw toError(value as Failure, undefined);
    return value;
  }

  /** Keep arguments for the server to open when it has loaded their functions. */
  keepArguments(args: unknown[]): Parcel {
    const parcel = toParcel(args, "args");
    i32[this.address + ARGS] = parcel.block;
    return parcel;
  }

  /** In the server: the arguments that were kept. */
  openArguments(): unknown[] {
    const block = i32[this.address + ARGS]!;
    i32[this.address + ARGS] = 0;
    try {
      return decode(block) as unknown[];
    } finally {
      free(block);
    }
  }

  /** Nothing travels beside the address. */
  override pack(): Parts {
    return [];
  }

  /** Let go of the block. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

const CALL = defineKind({
  id: 31,
  unpack: (address) => new Call(address),
  beforeFree: (call) => {
    const state = load(call + STATE);
    if (state === DONE || state === FAILED) {
      if (i32[call + BLOCK] !== 0) dropBlock(i32[call + BLOCK]!);
      else discard(call + INLINE);
    }
    if (i32[call + ARGS] !== 0) dropBlock(i32[call + ARGS]!);
  },
});

/**
 * What a server is asked: who waits for the answer, which object is meant (0 for the server itself), what
 * to call and with what. Arguments with functions in them are in the call, and these are their numbers.
 */
export type Request = [
  call: Call | undefined,
  target: number,
  method: string,
  args: unknown[],
  functions?: number[],
];

/** A server in this very thread, which is called without a request. */
export interface ServerHere {
  /** Call a method of an object. */
  callHere(target: number, method: string, args: unknown[]): unknown;
}

/** The servers in this thread, by their blocks. */
export const serversHere: Map<number, ServerHere> = new Map();

/** Encode a request; throws if an argument cannot pass, with the path to it. */
function encodeRequest(request: Request): number {
  const [call, target, method, args] = request;
  try {
    const words = encode(request);
    if (functionsInLastEncode().length === 0 || !call) return words;
    discard(scratchAddress());
  } catch (error) {
    encode(args, "args"); // throws with the path as the caller sees it
    discard(scratchAddress());
    throw error;
  }
  const { functions } = call.keepArguments(args);
  return encode([call, target, method, [], functions]);
}

function send(server: number, request: Request): void {
  putNow(requestsOf(server), encodeRequest(request));
}

function* answerSteps(server: number, { address }: Call): Steps<void> {
  for (;;) {
    const end = endOfServer(server); // first: an answer that was written before counts
    const alone = holdersOf(address) === 1;
    if (load(address + STATE) !== PENDING) return;
    if (end) {
      dropRequests(server);
      throw end;
    }
    if (alone) throw errors.unanswered(threadName(serverThread(server)));
    yield { word: address + STATE, expected: PENDING, kind: WaitKind.data };
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null &&
    typeof (value as PromiseLike<unknown>).then === "function";
}

function copyOf<T>(value: T): T {
  encode(value, "args");
  return decode(scratchAddress()) as T;
}

/** Call a method of an object in a server, blocking this thread until the answer is there. */
export function callBlocking(
  server: number,
  target: number,
  method: string,
  args: unknown[],
): unknown {
  const here = serversHere.get(server);
  if (here) {
    const result = here.callHere(target, method, copyOf(args));
    if (isThenable(result)) throw errors.blocksServer(method);
    return copyOf(result);
  }
  checkServes(server);
  using undo = new DisposableStack();
  const call = undo.use(spare ?? new Call());
  spare = undefined;
  send(server, [call, target, method, args]);
  spinWhile(call.address + STATE, PENDING);
  runBlocking(answerSteps(server, call), Infinity);
  undo.move();
  spare = call;
  return call.take();
}

/** A call of this thread that is over, for the next one: to make a shared object costs 1 to 3 us. */
let spare: Call | undefined;

/**
 * As {@linkcode callBlocking}, while other work of this thread goes on; what cannot be sent throws.
 *
 * @param holder Keeps the object, or the server, until the answer is there.
 */
export function callAsync(
  holder: Shareable,
  server: number,
  target: number,
  method: string,
  args: unknown[],
): Promise<unknown> {
  const here = serversHere.get(server);
  if (here) {
    const given = copyOf(args);
    return Promise.try(() => here.callHere(target, method, given)).then(copyOf);
  }
  checkServes(server);
  using undo = new DisposableStack();
  const call = undo.use(new Call());
  send(server, [call, target, method, args]);
  undo.move();
  return byOwnHandle(holder, () => answerTo(call, server));
}

async function answerTo(answered: Call, server: number): Promise<unknown> {
  using call = answered;
  await runAsync(answerSteps(server, call), Infinity);
  return call.take();
}

/**
 * Tell a server something that needs no answer. With functions inside it waits nevertheless: the server
 * may have to load their modules, and what is sent later must not come before that.
 */
export function tell(server: number, method: string, args: unknown[]): void {
  const here = serversHere.get(server);
  if (here) {
    here.callHere(0, method, copyOf(args));
    return;
  }
  checkServes(server);
  const words = encodeRequest([undefined, 0, method, args]);
  if (functionsInLastEncode().length === 0) {
    putNow(requestsOf(server), words);
    return;
  }
  discard(scratchAddress());
  callBlocking(server, 0, method, args);
}
