/** A user, as other users see them. `id` is short (12 characters), because every message carries one. */
export type User = { id: string; name: string };

/** `user:renamed`: the user has this name from here on. */
export type UserRenamed = { name: string };

/** The response to `POST /api/session`: the user, and the token that authenticates them. */
export type SessionData = { user: User; token: string };
