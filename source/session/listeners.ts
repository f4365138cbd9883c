/** Those who want to hear of something. */
export interface Listeners<Event> {
  tell(event: Event): void;
  /** Tells the listener of everything that comes until the returned function is called. */
  subscribe(listener: (event: Event) => void): () => void;
}

/** Nobody listens yet. */
export function createListeners<Event>(): Listeners<Event> {
  const listeners = new Set<(event: Event) => void>();
  return {
    tell(event) {
      for (const listener of listeners) listener(event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
