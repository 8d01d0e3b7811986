/** Adds elements to a list. Spreading them into `push` would overflow the stack where there are very many. */
export function append<T>(into: T[], more: Iterable<T>): void {
  for (const element of more) into.push(element);
}
