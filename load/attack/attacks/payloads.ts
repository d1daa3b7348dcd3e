import type { Random } from "../../chaos/schedule/random.ts";
import { ChatLine } from "../tools/chat-line.ts";
import { frame } from "../tools/frame.ts";
import type { Attack } from "./attack.ts";
import { attackers, count, emptyAccount, enterRoom } from "./attackers.ts";
import { againAndAgain } from "./rhythm.ts";

const NEAR_LIMIT = 60_000;
const OVER_LIMIT = 70_000;

/** Socket.IO packets as texts, each dear or confusing in its own way. No question of a line has the number 777. */
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
	title: "payloads as large and as deep as a packet may be, larger ones, and broken Socket.IO packets",
	expected: "refused, or the line is cut",
	growthMiB: 160,
	async run(field) {
		const who = await attackers(field, 10);
		const account = emptyAccount("packets");
		const onAck = count(account);
		let lines = await enterRoom(field, who, 1, "room of attackers");
		await againAndAgain(field, lines.length, async (turn) => {
			const number = turn % lines.length;
			const line = lines[number]!;
			for (let packets = 0; packets < 10 && line.isOpen; packets++) {
				line.raw.write(frame(field.random.pick(PACKETS)(field.random)));
				account.tried++;
			}
			const ack = await line.ask("room:leave", { room: 7 });
			if (ack) return onAck(ack);
			account.cut++;
			const { from, session } = who[number]!;
			const again = await ChatLine.open(field.url, from, session.token);
			if (again) lines = lines.with(number, again);
		});
		for (const line of lines) line.close();
		return account;
	},
	judge: ({ through }) => (through > 0 ? [`${through} broken packets were accepted.`] : []),
};
