import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { JOIN_MESSAGES, REACTION_KINDS, REACTION_USERS } from "../../../app/protocol/limits.ts";
import type { PacketClient } from "../../kit/packet-client.ts";
import type { Attack } from "./attack.ts";
import type { AttackRun } from "./attack-run.ts";

const ROOM = "reactions for joiners";
const EMOJI = [..."😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓"].slice(0, REACTION_KINDS);
/** A server sends the names of those who react, in the ack of a join too. */
const MAX_JOIN_BYTES = 1_048_576;
/** Fewer on a slow machine: as many as a moment allows. */
const QUICK_MESSAGES = 5;

/** Sends messages, and has as many people react to each, with as many emoji, as a message may have or name. */
async function fillRoom(attack: AttackRun, clients: readonly PacketClient[]): Promise<void> {
	const messages = attack.quick ? QUICK_MESSAGES : JOIN_MESSAGES;
	for (let count = 0; count < messages; count++) {
		const client = clients[count % clients.length]!;
		const ack = await client.request("message:send", { room: ROOM, clientId: randomUUID(), body: `${count}` });
		if (!ack?.ok) throw new Error("An attacker could not send.");
		const { seq: target } = ack.data as { seq: number };
		const reactions = clients.flatMap((one) =>
			EMOJI.map((emoji) =>
				one.request("reaction:set", { room: ROOM, target, clientId: randomUUID(), emoji, on: true }),
			),
		);
		await Promise.all(reactions);
	}
}

export const reactedRoom: Attack = {
	id: "reacted-room",
	title:
		"joins, as often as possible, of a room whose newest 50 messages (5 with --quick) have 20 reactions of 20 users each",
	expected: "every join within the limits is answered, with less than 1 MiB",
	unit: "joins",
	growthMiB: 224,
	// Otherwise it takes minutes to fill the room.
	env: { LIMIT_REACTIONS_PER_S: "0" },
	async run(attack) {
		const attackers = await attack.signIn(REACTION_USERS);
		const clients = await attack.join(attackers, 1, ROOM);
		await fillRoom(attack, clients);
		for (const client of clients) client.close();
		attack.begin();
		await attack.repeat(attackers.length, async (turn) => {
			const client = await attack.tryConnect(attackers[turn % attackers.length]!);
			if (client === undefined) return await sleep(10);
			const ack = await client.request("room:join", { room: ROOM });
			attack.try(ack?.ok === true);
			const bytes = client.raw.socket.bytesRead;
			if (ack === undefined) attack.problem("A connection was closed in place of the answer to a join.");
			if (bytes > MAX_JOIN_BYTES) attack.problem("The answer to a join had more than 1 MiB.");
			client.close();
		});
	},
};
