/** Something that waits for the result of a task. */
export interface PoolTask {
  /** Its number, given by the table. */
  id: number;
  /** Name of the function, for errors. */
  fn: string;
  /** The place of its first input among all inputs of the call, when it is one of many. */
  first?: number | undefined;
  /** Called once with the result, or with what was thrown. */
  settle(ok: boolean, value: unknown): void;
}

/** What a task was at, for errors, when it was at an input of its chunk. */
export function describe({ fn, first }: PoolTask, item: number): string {
  return first === undefined ? fn : `${fn} with input ${first + item}`;
}

function following(id: number): number {
  return id === 0x7fffffff ? 1 : id + 1;
}

/** The tasks that are under way, by number: an array of a power of two, indexed by the lowest bits. */
export class JobTable {
  #slots: (PoolTask | undefined)[] = new Array(1024);
  #next = 1;
  #size = 0;

  /** How many tasks are under way. */
  get size(): number {
    return this.#size;
  }

  /** Give a task its number. */
  add(task: PoolTask): number {
    let id = this.#next;
    while (this.#slots[id & (this.#slots.length - 1)] !== undefined) {
      // One long task among many short ones is stepped over; many long ones need more room.
      if (this.#size * 2 >= this.#slots.length) this.#grow();
      else id = following(id);
    }
    this.#next = following(id);
    task.id = id;
    this.#slots[id & (this.#slots.length - 1)] = task;
    this.#size++;
    return id;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Array(old.length * 2);
    for (const task of old) if (task) this.#slots[task.id & (this.#slots.length - 1)] = task;
  }

  /** Take the task with a number out; `undefined` if it was taken before. */
  take(id: number): PoolTask | undefined {
    const slot = id & (this.#slots.length - 1);
    const task = this.#slots[slot];
    if (task?.id !== id) return undefined;
    this.#slots[slot] = undefined;
    this.#size--;
    return task;
  }

  /** Take all tasks out. */
  takeAll(): PoolTask[] {
    const all = this.#slots.filter((task) => task !== undefined);
    this.#slots.fill(undefined);
    this.#size = 0;
    return all;
  }
}
