/** Names of members, told apart by a number where they repeat. */
export class UniqueNames {
  readonly #taken = new Map<string, number>();

  take(name: string): string {
    const key = name.toLowerCase();
    const count = (this.#taken.get(key) ?? 0) + 1;
    this.#taken.set(key, count);
    if (count === 1) return name;
    const dot = name.lastIndexOf(".");
    const at = dot > 0 ? dot : name.length;
    return this.take(`${name.slice(0, at)} (${count})${name.slice(at)}`);
  }
}
