/** Measures the search index: its size, how fast it is built, and how long a search takes. */
import { statSync } from "node:fs";
import type { Append } from "../../app/room/ports/log.ts";
import type { Store } from "../../app/room/ports/store.ts";
import { queryOf } from "../../app/room/search/query.ts";
import { openStore } from "../../app/store/open.ts";
import { EXIT_CODE, readFlags, readWhole, runCommand, SWITCH, TEXT } from "../../load/kit/cli.ts";
import { median, percentileOf } from "../../load/kit/latency.ts";
import { Random } from "../../load/kit/random.ts";
import { TempFolder } from "../../load/kit/temp-folder.ts";

const MESSAGES = 1_000_000;
const ROOMS = 50;
const JOINED_ROOMS = 20;
const PEOPLE = 500;
const BATCH = 2_000;
const WORDS = 50_000;
const MESSAGE_WORDS = { least: 3, most: 25 };
/** Every twentieth message is in Chinese. */
const CHINESE_EVERY = 20;
const SEARCHES = 50;
const GOALS = { p95Ms: 50, ratio: 0.6, perSecond: 20_000 };
const HELP = `Measures the search index of SQLite: its size, how fast it is built, and how long searches take.

  npm run measure:search -- [--messages ${MESSAGES}]

It stores messages of ${MESSAGE_WORDS.least} to ${MESSAGE_WORDS.most} words in ${ROOMS} rooms, of which the searching user is in ${JOINED_ROOMS}. Words occur as
often as in a language (Zipf). Exits with 1 if a goal is missed: a 95th percentile of ${GOALS.p95Ms} ms, ${GOALS.ratio} of the size of the
database, and ${GOALS.perSecond} messages a second.`;

/** Frequent letters first. */
const LETTERS = "etaoinshrdlucmfwypvbgkqjxz";
const rooms = Array.from({ length: ROOMS }, (_, index) => `room ${index + 1}`);

await runCommand(async (args) => {
	const flags = readFlags("npm run measure:search", args, { messages: TEXT, help: SWITCH });
	if (flags.help) {
		console.log(HELP);
		return EXIT_CODE.passed;
	}
	const count = readWhole("--messages", flags.messages ?? String(MESSAGES), 100_000_000, 1_000);
	using folder = new TempFolder("hubbub-search-");
	const path = folder.file("hubbub.db");
	const store = await openStore({ databasePath: path });
	try {
		await fill(store, count);
		const startedAt = performance.now();
		while ((await store.searchIndex.indexStep()).more);
		const perSecond = count / ((performance.now() - startedAt) / 1_000);
		const p95Ms = await measureSearches(store);
		const [database, index] = [bytesOf(path), bytesOf(`${path}.search`)];
		const ratio = index / database;
		console.log(`\n${Math.round(perSecond)} messages a second are indexed`);
		console.log(`${megabytes(index)} MB of index, ${ratio.toFixed(2)} of the database's ${megabytes(database)} MB`);
		console.log(`${p95Ms.toFixed(1)} ms, 95th percentile of all searches`);
		const isMet = p95Ms <= GOALS.p95Ms && ratio <= GOALS.ratio && perSecond >= GOALS.perSecond;
		return isMet ? EXIT_CODE.passed : EXIT_CODE.failed;
	} finally {
		await store.close();
	}
});

/** Returns a word by its rank: frequent ones are short. */
function wordOf(rank: number): string {
	let word = "";
	for (let rest = rank * 7 + 11; rest > 0; rest = Math.floor(rest / LETTERS.length))
		word += LETTERS[rest % LETTERS.length];
	return rank < 100 ? word : word + wordOf(rank % 97);
}

/** Returns a random rank, the first ones most often (Zipf). */
function rankOf(random: Random): number {
	return Math.floor(WORDS ** random.next()) - 1;
}

function textOf(random: Random): string {
	const { least, most } = MESSAGE_WORDS;
	const length = least + Math.floor(random.next() ** 2 * (most - least + 1));
	if (random.next() < 1 / CHINESE_EVERY)
		return Array.from({ length }, () => String.fromCodePoint(0x4e00 + Math.floor(2_000 ** random.next()))).join("");
	return Array.from({ length }, () => wordOf(rankOf(random))).join(" ");
}

async function fill(store: Store, count: number): Promise<void> {
	const random = new Random("messages");
	for (let stored = 0; stored < count; stored += BATCH) {
		const batch = Array.from({ length: Math.min(BATCH, count - stored) }, (_, index): Append => {
			const person = Math.floor(random.next() * PEOPLE);
			return {
				kind: "message",
				room: rooms[Math.floor(random.next() * ROOMS)]!,
				author: { id: `person-${person}`, name: `Person ${person}` },
				clientId: `client-${stored + index}`,
				content: { body: textOf(random) },
				createdAt: 1_700_000_000_000 + (stored + index) * 1_000,
			};
		});
		await store.append(batch);
	}
}

async function measureSearches(store: Store): Promise<number> {
	const random = new Random("searches");
	const rare = () => wordOf(5_000 + Math.floor(random.next() * 40_000));
	const kinds: Record<string, () => string> = {
		"a frequent word": () => wordOf(Math.floor(random.next() * 20)),
		"a rare word": rare,
		"two letters": () => rare().slice(0, 2),
		"two words": () => `${wordOf(rankOf(random))} ${wordOf(rankOf(random))}`,
		"a frequent and a rare word": () => `${wordOf(3)} ${rare()}`,
		"a phrase": () => `"${wordOf(Math.floor(random.next() * 20))} ${wordOf(Math.floor(random.next() * 20))}"`,
		"a phrase that is nowhere": () => `"${wordOf(1)} ${wordOf(2)} ${wordOf(3)} ${wordOf(4)}"`,
		"a word of one person": () =>
			`${wordOf(Math.floor(random.next() * 20))} from:person-${Math.floor(random.next() * PEOPLE)}`,
		"two Chinese characters": () => String.fromCodePoint(0x4e00 + Math.floor(50 ** random.next()), 0x4e00),
		"a word that is nowhere": () => "zzzzqq",
	};
	const all: number[] = [];
	for (const [kind, text] of Object.entries(kinds)) {
		const times: number[] = [];
		let hits = 0;
		for (let search = 0; search < SEARCHES; search++) {
			const query = queryOf({ text: text() });
			const startedAt = performance.now();
			const found = await store.searchIndex.search({
				query,
				rooms: rooms.slice(0, JOINED_ROOMS),
				limit: 20,
				viewer: "person-1",
			});
			times.push(performance.now() - startedAt);
			hits += found.hits.length;
		}
		all.push(...times);
		const [p50, p95] = [median(times), percentileOf(times, 95)];
		console.log(`${kind.padEnd(28)} ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${hits / SEARCHES} hits`);
	}
	return percentileOf(all, 95);
}

function bytesOf(path: string): number {
	return ["", "-wal"].reduce((sum, part) => sum + (statSync(path + part, { throwIfNoEntry: false })?.size ?? 0), 0);
}

function megabytes(bytes: number): string {
	return (bytes / 1e6).toFixed(1);
}
