/** What crosses between the event loop and a thread of the store. */

export type ThreadData = {
	role: "writer" | "reader";
	/** The database file, absolute. */
	path: string;
};

/** The first message of a thread: it is there, or why it can't be. */
export type ThreadStart = "ready" | Failure;

export type ThreadRequest = [id: number, name: string, args: unknown[]];
export type ThreadReply = [id: number, result: unknown, failure?: Failure];

export type Failure = {
	message: string;
	stack: string;
	/** SQLite could not do it, as opposed to a mistake of ours. */
	isStorage: boolean;
};
