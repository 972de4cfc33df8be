import {
  Barrier,
  type BarrierOptions,
  BoundedSemaphore,
  Condition,
  Event,
  Lock,
  type LockOptions,
  RLock,
  Semaphore,
  Shareable,
} from "@polycore/sync";
import {
  type ElementOf,
  JoinableQueue,
  Queue,
  SharedArray,
  type SharedArrayOptions,
  type TypeCode,
  Value,
  type ValueOptions,
} from "@polycore/shm";
import { checkServes } from "./server_block.ts";

/**
 * The types of a manager that are shared anyway: `manager.Lock()` is a plain {@linkcode Lock}, and so on.
 * In Python they have to live in the server to be sent to a pool; here they go anywhere by themselves, are
 * faster, and outlive the server.
 *
 * @example
 * ```ts
 * import { Manager } from "@polycore/pool";
 * import { assertEquals } from "@std/assert";
 *
 * await using manager = new Manager();
 * const queue = manager.Queue<string>();
 * queue.put("hello");
 * assertEquals(queue.get(), "hello");
 * ```
 */
export abstract class SharedTypes extends Shareable {
  /** A {@linkcode Lock}. */
  Lock(options?: LockOptions): Lock {
    checkServes(this.address);
    return new Lock(options);
  }

  /** An {@linkcode RLock}. */
  RLock(options?: LockOptions): RLock {
    checkServes(this.address);
    return new RLock(options);
  }

  /** A {@linkcode Semaphore}. */
  Semaphore(value?: number): Semaphore {
    checkServes(this.address);
    return new Semaphore(value);
  }

  /** A {@linkcode BoundedSemaphore}. */
  BoundedSemaphore(value?: number): BoundedSemaphore {
    checkServes(this.address);
    return new BoundedSemaphore(value);
  }

  /** A {@linkcode Condition}. */
  Condition(lock?: Lock | RLock): Condition {
    checkServes(this.address);
    return new Condition(lock);
  }

  /** An {@linkcode Event}. */
  Event(): Event {
    checkServes(this.address);
    return new Event();
  }

  /** A {@linkcode Barrier}. */
  Barrier(parties: number, options?: BarrierOptions): Barrier {
    checkServes(this.address);
    return new Barrier(parties, options);
  }

  /** A {@linkcode Queue}. */
  Queue<T = unknown>(maxsize?: number): Queue<T> {
    checkServes(this.address);
    return new Queue<T>(maxsize);
  }

  /** A {@linkcode JoinableQueue}. */
  JoinableQueue<T = unknown>(maxsize?: number): JoinableQueue<T> {
    checkServes(this.address);
    return new JoinableQueue<T>(maxsize);
  }

  /** A {@linkcode Value}. */
  Value<C extends TypeCode>(
    typecode: C,
    value?: ElementOf<C> | number,
    options?: ValueOptions,
  ): Value<C> {
    checkServes(this.address);
    return new Value(typecode, value, options);
  }

  /** A {@linkcode SharedArray}. */
  Array<C extends TypeCode>(
    typecode: C,
    init: number | Iterable<ElementOf<C> | number> | ArrayLike<ElementOf<C> | number>,
    options?: SharedArrayOptions,
  ): SharedArray<C> {
    checkServes(this.address);
    return new SharedArray(typecode, init, options);
  }
}
