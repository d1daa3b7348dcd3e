import type { Random } from "../../chaos/schedule/random.ts";
import { attackersAddress } from "../tools/addresses.ts";
import { HttpCaller } from "../tools/http-caller.ts";
import type { Attack } from "./attack.ts";
import { attackers, emptyAccount } from "./attackers.ts";
import { againAndAgain } from "./rhythm.ts";

const POLLING = "/socket.io/?EIO=4&transport=polling";
const BETWEEN_PACKETS = "\x1e";
const NEAR_LIMIT = 60_000;
/** A poll is answered when there is something to say, which may be never. */
const POLL_MS = 1_000;

const BODIES: ((random: Random) => string)[] = [
	() => "x".repeat(2 * NEAR_LIMIT),
	() =>
		Array(NEAR_LIMIT / 4)
			.fill("42[")
			.join(BETWEEN_PACKETS),
	() =>
		Array(NEAR_LIMIT / 12)
			.fill('42["nonse"]')
			.join(BETWEEN_PACKETS),
	() =>
		Array(NEAR_LIMIT / 3)
			.fill("40")
			.join(BETWEEN_PACKETS),
	() =>
		Array(NEAR_LIMIT / 2)
			.fill("3")
			.join(BETWEEN_PACKETS),
	() =>
		Array(NEAR_LIMIT / 2)
			.fill("6")
			.join(BETWEEN_PACKETS),
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
	expected: "answered 4xx, or the line is cut",
	growthMiB: 192,
	async run(field) {
		const [who] = await attackers(field, 1);
		const account = emptyAccount("requests");
		const caller = new HttpCaller(field.url, attackersAddress(0), 64, POLL_MS);
		const take = (status: number) => {
			account.tried++;
			if (status === 200) account.through++;
			else if (status === 0) account.cut++;
			else account.refused++;
		};
		const post = async (path: string, body: string) =>
			take((await caller.call({ path, method: "POST", headers: { "content-type": "text/plain" }, body })).status);
		await againAndAgain(field, 8, async (turn) => {
			const opened = await caller.call({ path: POLLING });
			const sid = /"sid":"([^"]+)"/.exec(opened.text)?.[1] ?? "none";
			const path = `${POLLING}&sid=${sid}`;
			if (turn % 2 === 0) await post(path, `40${JSON.stringify({ token: who!.session.token })}`);
			// Two polls at once: Engine.IO ends such a line.
			if (turn % 5 === 0) await Promise.all([caller.call({ path }), caller.call({ path })]);
			await post(path, field.random.pick(BODIES)(field.random));
			await post(`${POLLING}&sid=${"0".repeat(20)}`, "40");
			take((await caller.call({ path: `/socket.io/?EIO=${turn}&transport=carrier-pigeon` })).status);
			take((await caller.call({ path: `${POLLING}&sid=__proto__` })).status);
			await post(path, "1");
		});
		caller.close();
		return account;
	},
};
