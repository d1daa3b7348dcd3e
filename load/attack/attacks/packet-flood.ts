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
