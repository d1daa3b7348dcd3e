import type { RoomEvidence } from "../ledger/evidence.ts";
import type { MeasureName } from "../measure/measures.ts";
import type { StateCheck } from "../state/state-check.ts";

/** What one generator thread counted in one second. Times are milliseconds. */
export type Second = {
	type: "second";
	/** The thread's number, from 1. */
	worker: number;
	/** The end of the second, on the monotonic clock. */
	atMs: number;
	/** Users who are in their room now. */
	users: number;
	sent: number;
	acked: number;
	deliveries: number;
	/** Number of errors by cause. */
	errors: Record<string, number>;
	/** Histograms as `Latency.take` returns them; left out if nothing was recorded. */
	histograms: Partial<Record<MeasureName, string>>;
	/** Bytes and deliveries of some connections since they began; undefined if the transport does not count bytes. */
	sample?: { bytes: number; deliveries: number };
	self: SelfCheck;
};

/** How busy and how late the generator itself is. */
export type SelfCheck = {
	/** Share of the second in which the thread's event loop was busy, 0 to 1. */
	utilization: number;
	/** Lag of the event loop. */
	lagP99Ms: number;
	lagMaxMs: number;
	/** CPU seconds of the whole process since it began. */
	processCpuS: number;
	rssBytes: number;
	/** Time that the ledger takes for one delivery, from samples; 0 for none. */
	bookkeepingUs: number;
};

/** The highest known seq of each room. */
export type Heads = Record<string, number>;

export type FromThread =
	/** The first message; `worker` is the thread's id, which Artillery counts up. */
	| { type: "hello"; worker: number }
	| { type: "arrivals"; worker: number; joined: number; failed: number }
	| Second
	| { type: "tail"; worker: number; drained: boolean; heads: Heads }
	/** One per room, before the last message. */
	| { type: "room"; worker: number; evidence: RoomEvidence }
	/** The last message. A turn is not taken if its user still waits for an ack when the run ends. */
	| { type: "closed"; worker: number; turnsPlanned: number; turnsTaken: number; states: StateCheck };

export type ToThread =
	/** All threads are connected; this one has the index, from 0. */
	| { type: "welcome"; index: number }
	/** All users have joined or failed: the schedule begins at `atMs` of the monotonic clock. */
	| { type: "start"; atMs: number }
	/** The heads that other threads know: the run is drained when every thread has read up to them. */
	| { type: "heads"; heads: Heads }
	/** Close the ledgers and hand over the evidence. */
	| { type: "close" }
	/** The evidence has arrived: the users may disconnect. */
	| { type: "leave" };
