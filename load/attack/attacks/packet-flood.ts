import { RawConnection } from "../../kit/raw-connection.ts";
import { encodeFrame, OPCODE } from "../../kit/wire.ts";
import { attackersAddress } from "../tools/addresses.ts";
import type { Attack } from "./attack.ts";

const BATCH = 500;

export const packetFlood: Attack = {
	id: "packets",
	title: "packets of no event as fast as possible, on one connection, and on the next when that is closed",
	expected: "disconnected",
	unit: "packets",
	growthMiB: 192,
	hasToCount: "disconnected",
	async run(attack) {
		const [attacker] = await attack.signIn(1);
		await attack.repeat(1, async () => {
			const client = await attack.connect(attacker!);
			while (client.isOpen && !attack.isOver) {
				for (let sent = 0; sent < BATCH; sent++) client.emit("nonsense", sent);
				attack.counts.tried += BATCH;
				await new Promise((resolve) => setImmediate(resolve));
			}
			if (!client.isOpen) attack.counts.disconnected++;
			client.close();
		});
	},
};

/** Packets that are no event: Engine.IO's pong and noop, an ack that nobody waits for, another namespace, a WebSocket's pong. */
const NO_EVENTS = [
	encodeFrame({ payload: "3" }),
	encodeFrame({ payload: "6" }),
	encodeFrame({ payload: "430[]" }),
	encodeFrame({ payload: "40/elsewhere," }),
	encodeFrame({ payload: "", opcode: OPCODE.pong }),
].map((frame) => Buffer.concat(Array.from({ length: BATCH }, () => frame)));

export const noEvents: Attack = {
	id: "no-events",
	title: "pongs, noops, acks and attempts to join other namespaces as fast as possible, with a session and without",
	expected: "disconnected",
	unit: "packets",
	growthMiB: 192,
	hasToCount: "disconnected",
	async run(attack) {
		const [attacker] = await attack.signIn(1);
		await attack.repeat(2, async (turn) => {
			const raw =
				turn % 2 === 0 ? (await attack.connect(attacker!)).raw : new RawConnection(attack.url, attackersAddress(0));
			if (turn % 2 === 1) await raw.upgrade();
			raw.socket.resume();
			const packets = NO_EVENTS[Math.floor(turn / 2) % NO_EVENTS.length]!;
			while (raw.isOpen && !attack.isOver) {
				raw.write(packets);
				attack.counts.tried += BATCH;
				await new Promise((resolve) => setImmediate(resolve));
			}
			if (!raw.isOpen) attack.counts.disconnected++;
			raw.destroy();
		});
	},
};
