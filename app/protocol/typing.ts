import type { User } from "./session.ts";

/** `typing:changed`: the users who are typing in a room, a few at most. */
export type TypingChanged = { room: string; users: User[] };
