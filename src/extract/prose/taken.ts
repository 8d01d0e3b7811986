/** Stretches of a text of which no two may overlap. */
export interface Taken {
  /** Takes a stretch; false where a part of it is taken already. The work grows with the stretch alone. */
  readonly take: (start: number, end: number) => boolean;
}

/** Nothing taken yet of a text of so many characters. */
export function takeNone(length: number): Taken {
  const taken = new Uint8Array(length);
  return {
    take: (start, end) => {
      for (let at = start; at < end; at += 1) if (taken[at] === 1) return false;
      taken.fill(1, start, end);
      return true;
    },
  };
}
