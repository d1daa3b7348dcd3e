import type { Cursor } from "./log.ts";

/**
 * `room:read`. The user has read the room's log up to `seq`. A mark moves forward only, unless `back` is set: then the
 * entries after `seq` are unread from here on.
 */
export type ReadPayload = { room: string; back?: true | undefined } & Cursor;

/** `read:moved`: the user's mark in a room was moved on another connection. */
export type ReadMoved = ReadPayload;
