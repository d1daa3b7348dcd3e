import type { DeliveryCounter } from "./delivery-counter.ts";
import type { RoomVerifier } from "./room-verifier.ts";
import type { SentMessages } from "./sent-messages.ts";

export type Verification = {
	/** Number of deliveries that have not arrived. */
	missing: number;
	/** Why the run is void: a message was lost, duplicated, out of order, in the wrong room, or never acked. */
	fault: string | undefined;
};

/** Compares what every member received with what was sent. */
export function verifyDeliveries(
	rooms: readonly RoomVerifier[],
	sent: SentMessages,
	counter: DeliveryCounter,
	acks: boolean,
): Verification {
	let missing = 0;
	const sentTo = Map.groupBy(sent.rooms.keys(), (n) => sent.rooms[n]!);
	for (const room of rooms) {
		const expected = sentTo.get(room)?.length ?? 0;
		for (const { position } of room.cursors) missing += expected - position;
		verifyOrder(room, sent, counter);
	}
	if (missing === 0 && acks && counter.acked !== sent.length)
		counter.fail(`Of ${sent.length} messages ${counter.acked} were acked.`);
	return { missing, fault: counter.fault };
}

/** Verifies that the room's order has only messages of this room, and those of each sender in the order of sending. */
function verifyOrder(room: RoomVerifier, sent: SentMessages, counter: DeliveryCounter): void {
	const newest = new Map<number, number>();
	for (const n of room.order) {
		if (sent.rooms[n] !== room) counter.fail(`Message ${n} was delivered in ${room.name}, where it was not sent.`);
		const sender = sent.senders[n]!;
		const before = newest.get(sender) ?? -1;
		if (n <= before) counter.fail(`In ${room.name} message ${n} came after ${before} of the same sender.`);
		newest.set(sender, n);
	}
}
