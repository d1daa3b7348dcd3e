import type { Random } from "../../kit/random.ts";
import type { Attack } from "./attack.ts";

const NEAR_LIMIT = 60_000;
const OVER_LIMIT = 70_000;

/** Socket.IO packets that are large, deep or malformed. No request of a client has the ack id 777. */
const PACKETS: ((random: Random) => string)[] = [
	() => `42777["message:send",${"[".repeat(NEAR_LIMIT / 2)}${"]".repeat(NEAR_LIMIT / 2)}]`,
	() => `42777["message:send",${'{"a":'.repeat(NEAR_LIMIT / 6)}1${"}".repeat(NEAR_LIMIT / 6)}]`,
	() =>
		`42777["room:join",{${Array.from({ length: NEAR_LIMIT / 12 }, (_, key) => `"k${key}":${key}`).join(",")},"room":"x"}]`,
	() => `42777["message:send",{"room":"x","clientId":"${"f".repeat(NEAR_LIMIT)}","body":"x"}]`,
	() => `42777["room:join",{"room":"${"\\ufdfa".repeat(NEAR_LIMIT / 6)}"}]`,
	() => `42777["${"e".repeat(NEAR_LIMIT)}"]`,
	() => `42777${"[1]".repeat(NEAR_LIMIT / 3)}`,
	() => `4299999999999999999999["room:join",{"room":"x"}]`,
	() => `451-["room:join",{"_placeholder":true,"num":0}]`,
	() => `45999999999-["room:join",{"_placeholder":true,"num":0}]`,
	() => '42["room:join",{"__proto__":{"room":"x"},"constructor":{"prototype":{"ok":true}}}]',
	() => "40/admin,{}",
	() => '42/nowhere,777["room:join",{}]',
	() => '431["an answer to nobody"]',
	() => "41",
	() => "4",
	() => "9",
	(random) => `42${String.fromCharCode(random.between(32, 0xd7ff)).repeat(random.between(1, 1_000))}`,
	() => `42777["message:send",{"body":"${"x".repeat(OVER_LIMIT)}"}]`,
];

export const giantPayloads: Attack = {
	id: "payloads",
	title: "payloads as large and as deep as a packet may be, larger ones, and malformed Socket.IO packets",
	expected: "refused, or disconnected",
	unit: "packets",
	growthMiB: 160,
	maxAccepted: () => 0,
	async run(attack) {
		const { counts, random } = attack;
		const attackers = await attack.signIn(10);
		const clients = await attack.join(attackers, 1, "room of attackers");
		await attack.repeat(clients.length, async (turn) => {
			const number = turn % clients.length;
			const client = clients[number]!;
			for (let packets = 0; packets < 10 && client.isOpen; packets++) {
				client.send(random.pick(PACKETS)(random));
				counts.tried++;
			}
			const ack = await client.request("room:leave", { room: 7 });
			if (ack) return attack.onAck(ack);
			counts.disconnected++;
			clients[number] = (await attack.tryConnect(attackers[number]!)) ?? client;
		});
		for (const client of clients) client.close();
	},
};
