/** The load of a server process at a moment. */
export type LoadSample = {
	/** Open connections. */
	connections: number;
	/** Entries of rooms' logs made durable, a second. */
	entriesPerS: number;
	/** CPU time a second, in cores: one core in full use is 1. */
	cpuCores: number;
	/** The longest delay of the event loop. */
	lagMs: number;
	/** Resident memory. */
	memoryBytes: number;
};

/** What `npm run load -- --find-capacity` found. */
export type MeasuredCapacity = {
	/** The users that the whole chat holds. */
	users: number;
	/** The messages a second that they sent meanwhile. */
	messagesPerS: number;
	/** Milliseconds since 1970. */
	measuredAt: number;
};

/** The response to `GET /api/headroom`, about the process that responds. */
export type Headroom = {
	/** The last minute. */
	now: LoadSample;
	/** The greatest values of the minutes of the last 24 hours, or since the start of the process. */
	day: LoadSample & { minutes: number };
	/** Absent until it is measured. */
	capacity?: MeasuredCapacity;
};
