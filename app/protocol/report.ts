import type { User } from "./session.ts";

/** `message:report` */
export type ReportPayload = { room: string; target: number; reason?: string };

/** A report in the response to `GET /api/reports`. Times are milliseconds since 1970. */
export type ReportInfo = {
	id: number;
	/** Absent where the room is private or direct. */
	room?: string;
	seq: number;
	/** The message as it is now; absent where it was removed. `files` is their number. */
	message?: { author: User; createdAt: number; body?: string; files?: number };
	/** Who reported it. */
	by: User;
	reason?: string;
	createdAt: number;
};
