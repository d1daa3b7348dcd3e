import type { BenchMembers } from "./members.ts";

/** Sends `rate` messages a second at even intervals, to each room in turn. Returns a function that stops it. */
export function startTraffic({ rooms, senders, sent }: BenchMembers, rate: number): () => void {
	const startedAt = performance.now();
	const intervalMs = 1_000 / rate;
	let count = 0;
	let timer: NodeJS.Timeout;

	function sendDue(): void {
		const now = performance.now();
		for (; startedAt + count * intervalMs <= now; count++) {
			const room = count % rooms.length;
			const inRoom = senders[room]!;
			const sender = Math.floor(count / rooms.length) % inRoom.length;
			inRoom[sender]!.send(sent.add(startedAt + count * intervalMs, rooms[room]!, sender));
		}
		timer = setTimeout(sendDue, Math.max(0, startedAt + count * intervalMs - now));
	}
	sendDue();
	return () => clearTimeout(timer);
}
