/** Data under construction, addressed by JSON Pointers, with what is printed for each value. */
export class Truth {
  readonly data: Record<string, unknown> = {};
  readonly printed = new Map<string, string>();

  /** Notes a value and how it is printed. An empty value is not noted. */
  set(pointer: string, value: string | boolean, printed = String(value)): void {
    if (value === "") return;
    const steps = pointer.slice(1).split("/");
    let at: Record<string, unknown> | unknown[] = this.data;
    steps.forEach((step, index) => {
      const last = index === steps.length - 1;
      const found = Array.isArray(at) ? at[Number(step)] : at[step];
      const next = last ? value : (found ?? (/^\d+$/u.test(steps[index + 1] ?? "") ? [] : {}));
      if (Array.isArray(at)) at[Number(step)] = next;
      else at[step] = next;
      if (!last) at = next as Record<string, unknown> | unknown[];
    });
    this.printed.set(pointer, printed);
  }

  /** A value at a pointer, or nothing. */
  get(pointer: string): unknown {
    let at: unknown = this.data;
    for (const step of pointer.slice(1).split("/")) {
      at = at !== null && typeof at === "object" ? (at as Record<string, unknown>)[step] : undefined;
    }
    return at;
  }
}
