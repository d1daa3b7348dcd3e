import type { Random } from "../../kit/random.ts";
import { connectPacket } from "../../kit/wire.ts";
import { attackersAddress } from "../tools/addresses.ts";
import { HttpCaller } from "../tools/http-caller.ts";
import type { Attack } from "./attack.ts";

const POLLING = "/socket.io/?EIO=4&transport=polling";
const BETWEEN_PACKETS = "\x1e";
const NEAR_LIMIT = 60_000;
/** A poll is answered when there is something to send, which may be never. */
const POLL_MS = 1_000;

function packets(count: number, packet: string): string {
	return Array(count).fill(packet).join(BETWEEN_PACKETS);
}

const BODIES: ((random: Random) => string)[] = [
	() => "x".repeat(2 * NEAR_LIMIT),
	() => packets(NEAR_LIMIT / 4, "42["),
	() => packets(NEAR_LIMIT / 12, '42["nonse"]'),
	() => packets(NEAR_LIMIT / 3, "40"),
	() => packets(NEAR_LIMIT / 2, "3"),
	() => packets(NEAR_LIMIT / 2, "6"),
	() => BETWEEN_PACKETS.repeat(NEAR_LIMIT),
	() => `b${"A".repeat(NEAR_LIMIT)}`,
	() => "2probe",
	() => "1",
	() => "",
	(random) => Array.from({ length: 100 }, () => String.fromCharCode(random.between(0, 0xd7ff))).join(""),
];

export const pollingGarbage: Attack = {
	id: "polling",
	title:
		"Engine.IO over polling that breaks the rules: wrong sids, huge bodies, thousands of packets a POST, two polls",
	expected: "answered 4xx, or disconnected",
	unit: "requests",
	growthMiB: 192,
	async run(attack) {
		const { random } = attack;
		const [attacker] = await attack.signIn(1);
		const caller = new HttpCaller(attack.url, attackersAddress(0), 64, POLL_MS);
		const call = async (path: string) => attack.countStatus((await caller.call({ path })).status);
		const post = async (path: string, body: string) => {
			const { status } = await caller.call({ path, method: "POST", headers: { "content-type": "text/plain" }, body });
			attack.countStatus(status);
		};
		await attack.repeat(8, async (turn) => {
			const opened = await caller.call({ path: POLLING });
			const sid = /"sid":"([^"]+)"/.exec(opened.text)?.[1] ?? "none";
			const path = `${POLLING}&sid=${sid}`;
			if (turn % 2 === 0) await post(path, connectPacket({ token: attacker!.session.token }));
			// Engine.IO closes a connection with two polls at once.
			if (turn % 5 === 0) await Promise.all([caller.call({ path }), caller.call({ path })]);
			await post(path, random.pick(BODIES)(random));
			await post(`${POLLING}&sid=${"0".repeat(20)}`, "40");
			await call(`/socket.io/?EIO=${turn}&transport=carrier-pigeon`);
			await call(`${POLLING}&sid=__proto__`);
			await post(path, "1");
		});
		caller.close();
	},
};
