import type { Attack } from "./attack.ts";

/** The default limits of reports. */
const BURST = 10;
const PER_S = 0.05;
const USERS = 10;
/** Messages that the reports are about. */
const MESSAGES = 20;

export const reportFlood: Attack = {
	id: "reports",
	title: "10 users who report messages of the bystanders' room 100 times a second each",
	expected: "10 reports at once and one in 20 seconds of each accepted, the rest refused",
	unit: "reports",
	growthMiB: 96,
	maxAccepted: (seconds) => USERS * (BURST + PER_S * (seconds + 1)),
	async run(attack) {
		const { counts, room, onAck } = attack;
		const clients = await attack.join(await attack.signIn(USERS), 1, room);
		const reason = "x".repeat(500);
		attack.begin();
		await attack.atRate(clients.length * 100, () => {
			const turn = counts.tried++;
			const target = 1 + (Math.floor(turn / clients.length) % MESSAGES);
			clients[turn % clients.length]!.emit("message:report", { room, target, reason }, onAck);
		});
	},
};
