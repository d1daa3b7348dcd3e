import type { Row } from "../plan/roster.ts";

/**
 * Returns the users of a generator thread whose state is computed: at most `max`, one of each room before a second of any.
 * Computing it for every user would cost more than everything else that a delivery costs.
 */
export function sampledUsers(rows: readonly Pick<Row, "user" | "room">[], max: number): Set<number> {
	const rooms = [...Map.groupBy(rows, ({ room }) => room).values()];
	const seats = Math.max(0, ...rooms.map(({ length }) => length));
	const sample = new Set<number>();
	for (let seat = 0; seat < seats && sample.size < max; seat++) {
		const users = rooms.flatMap((members) => members[seat]?.user ?? []);
		const every = Math.max(1, users.length / (max - sample.size));
		for (let index = 0; index < users.length; index += every) sample.add(users[Math.floor(index)]!);
	}
	return sample;
}
