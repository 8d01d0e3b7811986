const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
const LOOK_MS = 500;

/**
 * Calls `stop` once, when the process is asked to end; a second request ends it at once. npm passes a signal
 * on to its shell alone, so under npm a parent that has gone is such a request too. `exitCode` is what a
 * shell expects of the signal.
 */
export function onEnd(stop: (exitCode: number) => void): void {
  let stopping = false;
  const end = (exitCode: number): void => {
    if (stopping) process.exit(exitCode);
    stopping = true;
    stop(exitCode);
  };
  for (const [signal, number] of Object.entries(SIGNALS)) process.on(signal, () => end(128 + number));
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end(128 + SIGNALS.SIGTERM);
  }, LOOK_MS);
  timer.unref();
}
