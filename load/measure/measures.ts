import type { EntryKind } from "../ledger/entry-kinds.ts";

/** Everything that is timed, with its description in a report. */
export const MEASURES = {
	fanout: "Fan-out: from the intended send to each member",
	ack: "Acknowledgement: from the intended send to the sender's ack",
	edit: "Fan-out of edits",
	editAck: "Acknowledgement of edits",
	reaction: "Fan-out of reactions",
	reactionAck: "Acknowledgement of reactions",
	removal: "Fan-out of removals",
	removalAck: "Acknowledgement of removals",
	upload: "Upload: from the request to the stored file",
	download: "Download: from the request to the last byte",
	page: "Page: from the request to a page of messages",
	join: "Join: from the request to being in the room",
	connect: "Connect: from opening the connection to the end of the handshake",
	resume: "Resume: from a lost connection to being in the room again",
	lateness: "Lateness of the generator: from the intended send to the send",
} as const;

export type MeasureName = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as MeasureName[];

/** The measures of each kind of entry. A reply is a message. */
export const FANOUT_MEASURES = {
	message: "fanout",
	reply: "fanout",
	edit: "edit",
	reaction: "reaction",
	removal: "removal",
} as const satisfies Record<EntryKind, MeasureName>;
export const ACK_MEASURES = {
	message: "ack",
	reply: "ack",
	edit: "editAck",
	reaction: "reactionAck",
	removal: "removalAck",
} as const satisfies Record<EntryKind, MeasureName>;
