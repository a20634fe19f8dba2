/** What happened, the state before it, and the state that it led to. */
export type Listener<State, Event> = (event: Event, before: State, after: State) => void;

export interface Store<State, Event> {
  readonly state: () => State;
  readonly dispatch: (event: Event) => void;
  readonly subscribe: (listener: Listener<State, Event>) => void;
}

/** Holds the one state of the page; whatever happens goes through `reduce`, and then to the listeners in their order. */
export function createStore<State, Event>(
  initial: State,
  reduce: (state: State, event: Event) => State,
): Store<State, Event> {
  let state = initial;
  const listeners: Listener<State, Event>[] = [];
  return {
    state: () => state,
    dispatch: (event) => {
      const before = state;
      state = reduce(before, event);
      for (const listener of listeners) listener(event, before, state);
    },
    subscribe: (listener) => {
      listeners.push(listener);
    },
  };
}
