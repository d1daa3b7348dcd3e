import type { RoomEvidence } from "../ledger/evidence.ts";
import type { MeasureName } from "../measure/measures.ts";

/** What one generator thread saw in one second. Counts are of that second alone, times are milliseconds. */
export type Second = {
	line: "second";
	/** The thread's number, from 1. */
	worker: number;
	/** The end of the second, on the machine's steady clock. */
	atMs: number;
	/** Users who are in their room now. */
	users: number;
	sent: number;
	acked: number;
	deliveries: number;
	/** How often which cause. */
	errors: Record<string, number>;
	/** HDR histograms in microseconds, compressed and in base64; left out where nothing was recorded. */
	histograms: Partial<Record<MeasureName, string>>;
	/** Bytes and deliveries of a sample of the connections; undefined where the transport can't tell. */
	sample?: { bytes: number; deliveries: number };
	self: SelfCheck;
};

/** How the generator itself fares. */
export type SelfCheck = {
	/** The share of the second in which the thread's event loop was busy, 0 to 1. */
	utilization: number;
	/** How late the event loop was. */
	lagP99Ms: number;
	lagMaxMs: number;
	/** CPU seconds of the whole process since it began. */
	processCpuS: number;
	rssBytes: number;
	/** The books' own time for one delivery, from samples; 0 for none. */
	bookkeepingUs: number;
};

/** Rooms and the highest seq known in each. */
export type Heads = Record<string, number>;

export type FromWorker =
	/** The first line; `worker` is the thread's id, which Artillery counts up. */
	| { line: "hello"; worker: number }
	| { line: "arrivals"; worker: number; joined: number; failed: number }
	| Second
	| { line: "tail"; worker: number; drained: boolean; heads: Heads }
	/** One of these for each room, and then the last line. */
	| { line: "room"; worker: number; evidence: RoomEvidence }
	/** A turn that was planned and not taken came due only after the run's end: the user still waited for an ack. */
	| { line: "books closed"; worker: number; turnsPlanned: number; turnsTaken: number };

export type ToWorker =
	/** All threads are there; this is the one of that index, from 0. */
	| { line: "welcome"; index: number }
	/** Everybody who will come is in: the schedule counts from `atMs` of the steady clock. */
	| { line: "start"; atMs: number }
	/** What the other threads know of the rooms: the run is over once it has been read everywhere. */
	| { line: "heads"; heads: Heads }
	/** Close the books and hand over the evidence. */
	| { line: "close" }
	/** It has come: let the users go. */
	| { line: "go home" };
