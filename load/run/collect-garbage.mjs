/*
 * Preloaded into the server of a soak, with `--expose-gc`: collects all garbage once a minute, in each of its threads.
 * By itself V8 lets garbage accumulate for a quarter of an hour and more, and its memory rises until then as with a leak.
 */
const INTERVAL_MS = 60_000;

setInterval(() => globalThis.gc?.(), INTERVAL_MS).unref();
