/** The current time in Unix milliseconds. */
export type Clock = () => number;

/** One structured line an event; fields hold ids, counts and codes, never a document's content. */
export interface Log {
  readonly info: (event: string, fields?: Record<string, unknown>) => void;
  readonly warn: (event: string, fields?: Record<string, unknown>) => void;
  readonly error: (event: string, fields?: Record<string, unknown>) => void;
}

/** Counts what a piece of work asks of the platform's bindings. `depth` is the longest chain of calls that waited for one another. */
export interface BindingCalls {
  readonly count: <T>(work: () => Promise<T>) => Promise<{ value: T; calls: number; depth: number }>;
}
