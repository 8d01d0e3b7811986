const RANGES = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/**
 * Whether a five-field cron expression (minute, hour, day, month, weekday; UTC) fires in the minute of `date`.
 * Knows `*`, numbers, lists, ranges and steps; Sunday is 0 or 7.
 */
export function cronFires(expression: string, date: Date): boolean {
  const fields = expression.trim().split(/\s+/u);
  if (fields.length !== RANGES.length) return false;
  const weekday = date.getUTCDay();
  const now = [date.getUTCMinutes(), date.getUTCHours(), date.getUTCDate(), date.getUTCMonth() + 1, weekday];
  return fields.every((field, index) => {
    const [min, max] = RANGES[index] ?? [0, 0];
    const value = now[index] ?? 0;
    const values = index === 4 && weekday === 0 ? [0, 7] : [value];
    return field.split(",").some((part) => values.some((entry) => partHolds(part, entry, min, max)));
  });
}

function partHolds(part: string, value: number, min: number, max: number): boolean {
  const match = /^(\*|\d+)(?:-(\d+))?(?:\/(\d+))?$/u.exec(part);
  if (!match) return false;
  const step = match[3] === undefined ? 1 : Number(match[3]);
  const from = match[1] === "*" ? min : Number(match[1]);
  const open = match[1] === "*" || match[3] !== undefined;
  const to = match[2] === undefined ? (open ? max : from) : Number(match[2]);
  return step > 0 && value >= from && value <= to && (value - from) % step === 0;
}

/** Calls `fire` in each minute in which an expression is due. Gives the function that stops it. */
export function startCron(expressions: readonly string[], fire: (cron: string) => void): () => void {
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    timer = setTimeout(
      () => {
        const now = new Date();
        for (const cron of expressions) if (cronFires(cron, now)) fire(cron);
        arm();
      },
      60_000 - (Date.now() % 60_000),
    );
    timer.unref();
  };
  arm();
  return () => clearTimeout(timer);
}
