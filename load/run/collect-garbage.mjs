/*
 * Preloaded into the server of a soak, with `--expose-gc`: collects all garbage once a minute, in each of its threads.
 * Left alone, V8 lets garbage pile up for a quarter of an hour and more, and its memory rises until then as with a leak.
 */
const EVERY_MS = 60_000;

setInterval(() => globalThis.gc?.(), EVERY_MS).unref();
