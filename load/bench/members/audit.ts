import type { Room } from "./room.ts";
import type { Tally } from "./tally.ts";
import type { Timeline } from "./timeline.ts";

export type Audit = {
	/** Deliveries that are still owed. */
	missing: number;
	/** What voids the run: a message lost on the way, doubled, out of order, in the wrong room, or never acked. */
	fault: string | undefined;
};

/** Holds what every member heard against what was sent. */
export function audit(rooms: readonly Room[], timeline: Timeline, tally: Tally, acks: boolean): Audit {
	let missing = 0;
	const sentTo = Map.groupBy(timeline.rooms.keys(), (n) => timeline.rooms[n]!);
	for (const room of rooms) {
		const sent = sentTo.get(room)?.length ?? 0;
		for (const { position } of room.places) missing += sent - position;
		checkOrder(room, timeline, tally);
	}
	if (missing === 0 && acks && tally.acked !== timeline.length) {
		tally.fail(`Of ${timeline.length} messages ${tally.acked} were acked.`);
	}
	return { missing, fault: tally.fault };
}

/** That all members heard the same was seen as they heard it; here, that it is what was sent, each sender's in its order. */
function checkOrder(room: Room, timeline: Timeline, tally: Tally): void {
	const newest = new Map<number, number>();
	for (const n of room.order) {
		if (timeline.rooms[n] !== room) tally.fail(`Message ${n} was delivered in ${room.name}, where nobody sent it.`);
		const sender = timeline.senders[n]!;
		const before = newest.get(sender) ?? -1;
		if (n <= before) tally.fail(`In ${room.name} message ${n} came after ${before} of the same sender.`);
		newest.set(sender, n);
	}
}
