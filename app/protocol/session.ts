/** A person, as everyone sees them. `id` is short (12 characters), because every delivery carries one. */
export type User = { id: string; name: string };

/** The response to `POST /api/session`: the user, and the token that proves it. */
export type SessionData = { user: User; token: string };
