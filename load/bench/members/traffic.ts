import type { Sender } from "./member.ts";
import type { BenchMembers } from "./members.ts";
import type { RoomVerifier } from "./room-verifier.ts";

/** Sends number `n` of a run, by default as a message. `inRoom` is the number of the sender within its room. */
export type Send = (sender: Sender, n: number, room: RoomVerifier, inRoom: number) => void;

const sendMessage: Send = (sender, n) => sender.send(n);

/**
 * Sends `rate` messages a second, or what `send` sends, at even intervals, to each room in turn. Returns a function that
 * stops it.
 */
export function startTraffic({ rooms, senders, sent }: BenchMembers, rate: number, send = sendMessage): () => void {
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
			send(inRoom[sender]!, sent.add(startedAt + count * intervalMs, rooms[room]!, sender), rooms[room]!, sender);
		}
		timer = setTimeout(sendDue, Math.max(0, startedAt + count * intervalMs - now));
	}
	sendDue();
	return () => clearTimeout(timer);
}
