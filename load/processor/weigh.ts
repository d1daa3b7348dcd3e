import type { VirtualUser } from "./virtual-user.ts";

/** So many users' lines are weighed. */
const WEIGHED_USERS = 100;

/** Bytes and deliveries over some of the lines since they began; undefined where a transport doesn't tell its bytes. */
export function weigh(users: VirtualUser[]): { bytes: number; deliveries: number } | undefined {
	const total = { bytes: 0, deliveries: 0 };
	for (const user of users.slice(0, WEIGHED_USERS)) {
		if (user.bytesRead === undefined) return undefined;
		total.bytes += user.bytesRead;
		total.deliveries += user.deliveries;
	}
	return total.bytes === 0 ? undefined : total;
}
