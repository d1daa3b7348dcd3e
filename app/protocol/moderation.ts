/** An active ban, in the response to `GET /api/bans`. Times are milliseconds since 1970. */
export type BanInfo = {
	kind: "user" | "address";
	/** The id of a user, or an address as the limits count it. */
	target: string;
	/** The room that a user is banned from; without it, the whole chat. */
	room?: string;
	/** The user's name, where it is known. */
	name?: string;
	/** A ban without it is permanent. */
	until?: number;
	createdAt: number;
	reason?: string;
	by?: string;
};
