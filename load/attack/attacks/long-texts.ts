import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Attack } from "./attack.ts";

/** One character that normalisation makes eighteen, of four words. */
const LONGEST = "\ufdfa";
const WORDS = ["صلى", "الله", "عليه", "وسلم"];
/** As long as a name may be before it is normalised. */
const NAME_CHARS = 512;
const BODY_CHARS = 4_000;
const USERS = 10;
/** The default limits (L1): all messages are accepted, and so checked. */
const BURST = 20;
const PER_S = 5;

export const longNames: Attack = {
	id: "long-names",
	title: "a connection that stops typing 900 times a second, in a room whose name is 512 times U+FDFA",
	expected: "refused without effect; costs little",
	unit: "events",
	growthMiB: 96,
	maxCpuShare: 0.75,
	async run(attack) {
		const { counts } = attack;
		const [client] = await attack.join(await attack.signIn(1), 1, attack.room);
		attack.begin();
		await attack.atRate(900, () => {
			counts.tried++;
			client!.emit("typing:stop", { room: LONGEST.repeat(NAME_CHARS) });
		});
	},
};

export const bannedPhrase: Attack = {
	id: "banned-phrase",
	title: "60 messages a second of 4,000 times U+FDFA, which nearly have a banned phrase of 12 words at every word",
	expected: "5 a second of each user accepted; costs little",
	unit: "messages",
	growthMiB: 192,
	maxCpuShare: 1,
	env(folder) {
		const file = join(folder, "banned-words.txt");
		writeFileSync(file, `${[...WORDS, ...WORDS, ...WORDS.slice(0, 3), "آخر"].join(" ")}\n`);
		return { BANNED_WORDS_FILE: file };
	},
	maxAccepted: (seconds) => USERS * (BURST + PER_S * (seconds + 1)),
	async run(attack) {
		const { counts, room, onAck } = attack;
		const clients = await attack.join(await attack.signIn(USERS), 1, room);
		attack.begin();
		await attack.atRate(60, () => {
			const client = clients[counts.tried++ % clients.length]!;
			const body = LONGEST.repeat(BODY_CHARS - 8) + String(counts.tried).padStart(8);
			client.emit("message:send", { room, clientId: randomUUID(), body }, onAck);
		});
	},
};
