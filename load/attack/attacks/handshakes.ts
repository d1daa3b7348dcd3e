import { RawConnection } from "../../kit/raw-connection.ts";
import { attackersAddress } from "../tools/addresses.ts";
import { HttpCaller } from "../tools/http-caller.ts";
import type { Attack } from "./attack.ts";

const ADDRESSES = 5;
/** The limit of unauthenticated connections per address, and how long one may stay. */
const UNAUTHENTICATED = 100;
const UNAUTHENTICATED_S = 10;

export const unackedHandshakes: Attack = {
	id: "handshakes",
	title: "Engine.IO handshakes from 5 addresses, over WebSocket and polling, that never authenticate",
	expected: "100 wait per address, for 10 s; one more is answered 403",
	unit: "handshakes",
	growthMiB: 160,
	maxAccepted: (seconds) => ADDRESSES * UNAUTHENTICATED * (1 + Math.ceil(seconds / UNAUTHENTICATED_S)),
	async run(attack) {
		const connections: RawConnection[] = [];
		const callers = Array.from(
			{ length: ADDRESSES },
			(_, number) => new HttpCaller(attack.url, attackersAddress(number), 8),
		);
		await attack.repeat(32, async (turn) => {
			const address = turn % ADDRESSES;
			if (turn % 2 === 0) {
				const { status } = await callers[address]!.call({ path: "/socket.io/?EIO=4&transport=polling" });
				return attack.try(status === 200);
			}
			const connection = new RawConnection(attack.url, attackersAddress(address));
			const isAccepted = (await connection.upgrade()) === 101;
			attack.try(isAccepted);
			if (isAccepted) connections.push(connection);
			else connection.destroy();
		});
		attack.counts.disconnected = connections.filter(({ isOpen }) => !isOpen).length;
		for (const connection of connections) connection.destroy();
		for (const caller of callers) caller.close();
	},
};
