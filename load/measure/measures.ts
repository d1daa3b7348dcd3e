/** Everything that is timed, with its description in a report. */
export const MEASURES = {
	fanout: "Fan-out: from the intended send to each member",
	ack: "Acknowledgement: from the intended send to the sender's ack",
	join: "Join: from the request to being in the room",
	connect: "Connect: from opening the connection to the end of the handshake",
	resume: "Resume: from a lost connection to being in the room again",
	lateness: "Lateness of the generator: from the intended send to the send",
} as const;

export type MeasureName = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as MeasureName[];
