/**
 * The blocks of the shared memory that stand for a manager's server: every thread that has one of its
 * proxies finds the server through it. And the blocks that stand for the objects that it holds: the
 * server is one of their holders, and lets go of an object when it is the last one.
 *
 * @module
 */

import {
  allocateZeroed,
  cas,
  i32,
  isAlive,
  load,
  release,
  retain,
  store,
  threadName,
} from "@polycore/sync/internal";
import {
  closeChannel,
  createChannel,
  decode,
  detachScratch,
  dropBlock,
  emptyChannel,
  encode,
  NOTHING,
  tryTake,
} from "@polycore/shm/internal";
import { errors } from "./errors.ts";
import { letGoOfValues } from "./held_values.ts";

/** The words: channel of requests, the server's thread, how far its end is, why it failed. */
const REQUESTS = 0, THREAD = 1, SHUT = 2, FAILURE = 3, WORDS = 4;

/** The block of a server that is about to start. */
export function makeServerBlock(): number {
  const server = allocateZeroed(WORDS);
  i32[server + REQUESTS] = createChannel(0);
  return server;
}

/** Let go of what the block refers to. */
export function emptyServerBlock(server: number): void {
  release(i32[server + REQUESTS]!, emptyChannel);
  if (i32[server + FAILURE] !== 0) dropBlock(i32[server + FAILURE]!);
}

/** The one word of the block of an object that the server holds: its server. Its address is its number. */
const SERVER = 0;

/** The block of an object that a server is about to hold. */
export function makeProxyBlock(server: number): number {
  const proxy = allocateZeroed(1);
  i32[proxy + SERVER] = server;
  retain(server);
  return proxy;
}

/** The server that holds an object. */
export function serverOf(proxy: number): number {
  return i32[proxy + SERVER]!;
}

/** Let go of what the block of an object refers to. */
export function emptyProxyBlock(proxy: number): void {
  release(serverOf(proxy), emptyServerBlock);
}

/** Say which thread is the server. */
export function setServerThread(server: number, thread: number): void {
  store(server + THREAD, thread);
}

/** The thread that is the server. */
export function serverThread(server: number): number {
  return load(server + THREAD);
}

/** The channel of requests. */
export function requestsOf(server: number): number {
  return i32[server + REQUESTS]!;
}

/** How far the end of a server is: told to shut down, and letting go of what it holds. */
const TOLD = 1, ENDING = 2;

/** Whether it was told to shut down. */
export function isShutDown(server: number): boolean {
  return load(server + SHUT) !== 0;
}

/** Tell it to shut down. */
export function shutDown(server: number): void {
  cas(server + SHUT, 0, TOLD);
  closeChannel(requestsOf(server));
}

/** In the server: begin to let go of what it holds. */
export function beginEnd(server: number): void {
  store(server + SHUT, ENDING);
}

/** Whether it lets go of what it holds. */
export function isEnding(server: number): boolean {
  return load(server + SHUT) === ENDING;
}

/** In the server: leave behind why it could not start. */
export function leaveFailure(server: number, error: unknown): void {
  encode(error instanceof Error ? `${error.name}: ${error.message}` : Deno.inspect(error));
  store(server + FAILURE, detachScratch());
}

/** Why nothing more will come from a server, if that is so. */
export function endOfServer(server: number): Error | undefined {
  if (isShutDown(server)) return errors.shutDown();
  const thread = serverThread(server);
  if (isAlive(thread)) return undefined;
  const failure = load(server + FAILURE);
  const name = threadName(thread);
  if (failure !== 0) return errors.serverFailed(name, decode(failure) as string);
  return errors.serverDied(name);
}

/** Throw when a server takes no requests. */
export function checkServes(server: number): void {
  const end = endOfServer(server);
  if (!end) return;
  dropRequests(server);
  throw end;
}

/** Let go of the requests that a server that has ended did not take: they may hold the server themselves. */
export function dropRequests(server: number): void {
  if (isAlive(serverThread(server))) return;
  for (let request; (request = tryTake(requestsOf(server))) !== NOTHING;) letGoOfValues([request]);
}
