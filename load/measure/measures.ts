/** Everything that is timed, and in words what it is. */
export const MEASURES = {
	fanout: "Fan-out: from the intended send to each member",
	ack: "Acknowledgement: from the intended send to the sender's ack",
	join: "Join: from asking to being in the room",
	connect: "Connect: from opening the line to the handshake's end",
	resume: "Back again: from the dropped line to being in the room again",
	lateness: "The generator's own lateness: from the intended send to the send",
} as const;

export type MeasureName = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as MeasureName[];
