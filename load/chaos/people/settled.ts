import type { Person } from "./person.ts";
import { within } from "./within.ts";

/** Whether, within this time, everybody was in their room, all was acked, and all in a room had seen all of it. */
export function settled(people: readonly Person[], timeoutMs: number): Promise<boolean> {
	const rooms = Map.groupBy(people, ({ record }) => record.room);
	return within(timeoutMs, () => {
		if (people.some(({ isIn, unacked }) => !isIn || unacked > 0)) return false;
		return rooms.values().every((inside) => {
			// An ack comes before the message itself (rule M4): to have seen the same is not to have seen it all.
			const head = Math.max(...inside.flatMap(({ seq, lastAcked }) => [seq, lastAcked]));
			return inside.every(({ seq }) => seq === head);
		});
	});
}
