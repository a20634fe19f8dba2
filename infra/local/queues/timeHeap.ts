/** Keeps things by the moment at which they are due, those of one moment in the order in which they came; taking the earliest costs the logarithm of their number. */
export interface TimeHeap<Thing> {
  push(dueAt: number, thing: Thing): void;
  /** The earliest moment; undefined where it is empty. */
  nextAt(): number | undefined;
  /** Takes the earliest where it is due by then. */
  pop(now: number): Thing | undefined;
}

export function createTimeHeap<Thing>(): TimeHeap<Thing> {
  const heap: { readonly dueAt: number; readonly turn: number; readonly thing: Thing }[] = [];
  let turns = 0;
  const dueAt = (index: number) => heap[index]?.dueAt ?? Infinity;

  function isBefore(left: number, right: number): boolean {
    if (dueAt(left) !== dueAt(right)) return dueAt(left) < dueAt(right);
    return (heap[left]?.turn ?? Infinity) < (heap[right]?.turn ?? Infinity);
  }

  function swap(left: number, right: number): void {
    const [a, b] = [heap[left], heap[right]];
    if (a === undefined || b === undefined) return;
    heap[left] = b;
    heap[right] = a;
  }

  function rise(index: number): void {
    const parent = (index - 1) >> 1;
    if (index === 0 || !isBefore(index, parent)) return;
    swap(index, parent);
    rise(parent);
  }

  function sink(index: number): void {
    const [left, right] = [2 * index + 1, 2 * index + 2];
    const earlier = isBefore(right, left) ? right : left;
    if (!isBefore(earlier, index)) return;
    swap(index, earlier);
    sink(earlier);
  }

  return {
    push: (at, thing) => {
      heap.push({ dueAt: at, turn: turns++, thing });
      rise(heap.length - 1);
    },
    nextAt: () => heap[0]?.dueAt,
    pop: (now) => {
      if (dueAt(0) > now) return undefined;
      swap(0, heap.length - 1);
      const earliest = heap.pop();
      if (heap.length > 0) sink(0);
      return earliest?.thing;
    },
  };
}
