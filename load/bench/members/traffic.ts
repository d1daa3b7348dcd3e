import type { Audience } from "./audience.ts";

/** Sends into all rooms in turn, evenly over time, at `rate` messages a second in all, until stopped. */
export function startTraffic({ rooms, speakers, timeline }: Audience, rate: number): { stop(): void } {
	const began = performance.now();
	const intervalMs = 1_000 / rate;
	let sent = 0;
	let timer: NodeJS.Timeout;

	function sendDue(): void {
		const now = performance.now();
		for (; began + sent * intervalMs <= now; sent++) {
			const room = sent % rooms.length;
			const here = speakers[room]!;
			const speaker = Math.floor(sent / rooms.length) % here.length;
			here[speaker]!.say(timeline.add(began + sent * intervalMs, rooms[room]!, speaker));
		}
		timer = setTimeout(sendDue, Math.max(0, began + sent * intervalMs - now));
	}
	sendDue();
	return {
		stop() {
			clearTimeout(timer);
		},
	};
}
