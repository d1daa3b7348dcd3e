/** Messages between the event loop and a thread of the store. */

export type ThreadData = {
	role: "writer" | "reader" | "search";
	/** The database file, absolute. */
	path: string;
	/** Whether no other server may run on the file: see `claimFile`. */
	isOnly?: boolean;
};

/** The first message of a thread: ready, or the reason of its failure. */
export type ThreadStart = "ready" | Failure;

export type ThreadRequest = [id: number, name: string, args: unknown[]];
export type ThreadReply = [id: number, result: unknown, failure?: Failure];

export type Failure = {
	message: string;
	stack: string;
	/** Whether SQLite failed, as opposed to a bug. */
	isStorage: boolean;
	/** Whether the file is damaged. */
	isDamage: boolean;
};
