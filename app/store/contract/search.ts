import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { MemberRole } from "../../protocol/private-room.ts";
import type { SearchPayload } from "../../protocol/search.ts";
import type { User } from "../../protocol/session.ts";
import type { Store } from "../../room/ports/store.ts";
import { queryOf } from "../../room/search/query.ts";
import { fileInfo } from "./files.ts";
import { ADA, BEN, edit, fill, type OpenForTest, place, removal, storeTest, text, upTo } from "./fixture.ts";

/** Indexes everything that is committed. Returns the number of entries. */
async function indexAll(store: Store): Promise<number> {
	for (let total = 0; ; ) {
		const { indexed, more } = await store.searchIndex.indexStep();
		total += indexed;
		if (!more) return total;
	}
}

type Options = Omit<SearchPayload, "text"> & { rooms?: string[]; limit?: number; viewer?: User };

async function find(store: Store, words: string, options: Options = {}) {
	const { rooms = ["lobby"], limit = 20, viewer = ADA, ...filters } = options;
	const query = queryOf({ text: words, ...filters });
	return store.searchIndex.search({ query, rooms, limit, cursor: filters.cursor, viewer: viewer.id });
}

/** Returns the texts that a search in the lobby finds. */
async function textsOf(store: Store, words: string, options: Options = {}): Promise<(string | undefined)[]> {
	return (await find(store, words, options)).hits.map(({ message }) => message.body);
}

/** The search index. */
export function searchContract(name: string, open: OpenForTest): void {
	storeTest(
		name,
		"Q1 messages are found by words, phrases and in every script, newest first",
		open,
		async ({ store }) => {
			const texts = [
				"The Café is open",
				"open the door",
				"我家在上海东边",
				"ฉันรักภาษาไทย",
				"서울에서 만나요",
				"東京タワー",
			];
			await store.append(texts.map((body) => text("lobby", body)));
			await indexAll(store);
			const cases: [string, string[]][] = [
				["open", ["open the door", "The Café is open"]],
				["cafe ope", ["The Café is open"]],
				['"the door"', ["open the door"]],
				['"door the"', []],
				["上海", ["我家在上海东边"]],
				["海上", []],
				["海", ["我家在上海东边"]],
				["ภาษา", ["ฉันรักภาษาไทย"]],
				["서울", ["서울에서 만나요"]],
				["タワー", ["東京タワー"]],
				["' OR 1=1 --", []],
				["nothing", []],
			];
			for (const [words, expected] of cases) assert.deepEqual(await textsOf(store, words), expected, words);
		},
	);

	storeTest(name, "Q1 filters: author, time, content and room", open, async ({ store }) => {
		await store.append([
			text("lobby", "one https://example.org", { createdAt: 1_000 }),
			text("lobby", "one more", { author: BEN, createdAt: 2_000 }),
			place("lobby", { latitude: 1, longitude: 2 }),
			text("attic", "one elsewhere", { createdAt: 3_000 }),
		]);
		await indexAll(store);
		const both = { rooms: ["lobby", "attic"] };
		assert.deepEqual(await textsOf(store, "one", both), ["one elsewhere", "one more", "one https://example.org"]);
		assert.deepEqual(await textsOf(store, "one"), ["one more", "one https://example.org"]);
		assert.deepEqual(await textsOf(store, "one", { rooms: ["nowhere"] }), []);
		assert.deepEqual(await textsOf(store, "one", { rooms: [] }), []);
		assert.deepEqual(await textsOf(store, "from:ben"), ["one more"]);
		assert.deepEqual(await textsOf(store, "", { from: BEN.id }), ["one more"]);
		const file = fileInfo();
		await store.reserveFile(
			{ id: file.id, room: "lobby", userId: ADA.id, bytes: file.bytes, createdAt: 1_000 },
			{ allBytes: 0, dayBytes: 0 },
		);
		await store.storeFile(file);
		await store.append([text("lobby", "a picture", { files: [file.id] })]);
		await indexAll(store);
		assert.deepEqual(await textsOf(store, "has:file"), ["a picture"]);
		assert.deepEqual(await textsOf(store, "one has:link"), ["one https://example.org"]);
		assert.deepEqual(await textsOf(store, "has:location"), [undefined]);
		assert.deepEqual(await textsOf(store, "one", { before: 2_000 }), ["one https://example.org"]);
		assert.deepEqual(await textsOf(store, "one", { after: 2_000 }), ["one more"]);
	});

	storeTest(name, "Q2 edits and removals reach the index, and count before they do", open, async ({ store }) => {
		await store.append([text("lobby", "first secret"), text("lobby", "second secret"), text("lobby", "third")]);
		await indexAll(store);
		await store.append([edit("lobby", 1, "first changed"), removal("lobby", 2)]);
		assert.deepEqual(await textsOf(store, "secret"), [], "the log is compared");
		await indexAll(store);
		assert.deepEqual(await textsOf(store, "secret"), []);
		assert.deepEqual(await textsOf(store, "changed"), ["first changed"]);
		await store.append([text("lobby", "draft"), edit("lobby", 6, "final"), edit("lobby", 1, "first again")]);
		await store.append([text("lobby", "gone"), removal("lobby", 9)]);
		await indexAll(store);
		assert.deepEqual(await textsOf(store, "f"), []);
		assert.deepEqual(await textsOf(store, "fi"), ["final", "first again"], "once after an edit");
		assert.deepEqual(await textsOf(store, "draft"), []);
		assert.deepEqual(await textsOf(store, "gone"), []);
	});

	storeTest(name, "Q2 the index is built again, and continues after a restart", open, async ({ store, reopen }) => {
		await fill(store, "lobby", 1_200);
		await store.append([text("lobby", "needle"), text("lobby", "draft"), edit("lobby", 1_202, "needles")]);
		assert.equal(await indexAll(store), 1_203);
		assert.equal(await indexAll(store), 0);
		const reopened = await reopen();
		assert.deepEqual(await textsOf(reopened, "needle"), ["needles", "needle"]);
		await reopened.append([text("lobby", "a needle more")]);
		assert.equal(await indexAll(reopened), 1);
		assert.equal((await textsOf(reopened, "needle")).length, 3);
		await reopened.searchIndex.clearIndex();
		assert.deepEqual(await textsOf(reopened, "needle"), []);
		assert.equal(await indexAll(reopened), 1_204);
		assert.deepEqual(await textsOf(reopened, "needle"), ["a needle more", "needles", "needle"]);
	});

	storeTest(name, "Q2 of several processes one indexes at a time", open, async ({ store }) => {
		await fill(store, "lobby", 900);
		await Promise.all(upTo(8).map(() => store.searchIndex.indexStep()));
		await indexAll(store);
		assert.equal((await textsOf(store, "777")).length, 1);
		assert.equal(await indexAll(store), 0);
	});

	storeTest(name, "Q3 hits are paged to the last one", open, async ({ store }) => {
		const bodies = upTo(250).map((number) => `word ${number}`);
		await store.append(bodies.map((body) => text("lobby", body)));
		await indexAll(store);
		const found: (string | undefined)[] = [];
		let cursor: string | undefined;
		do {
			const page = await find(store, "word", { limit: 30, cursor });
			found.push(...page.hits.map(({ message }) => message.body));
			cursor = page.cursor;
		} while (cursor !== undefined);
		assert.deepEqual(found, bodies.toReversed());
	});

	storeTest(
		name,
		"Q3 private rooms are searched by their members, as far as they see them",
		open,
		async ({ store }) => {
			const room = `~${"a".repeat(26)}`;
			const base = {
				kind: "private",
				room,
				createdAt: 1_000,
				by: ADA,
				clientId: randomUUID(),
				title: "Attic",
			} as const;
			await store.createPrivateRoom({ ...base, history: false });
			const member = (user: User, role?: MemberRole) => ({
				kind: "member" as const,
				room,
				by: ADA,
				user,
				createdAt: 2_000,
				...(role && { role }),
			});
			await store.append([text(room, "word one"), member(BEN, "member"), text(room, "word two")]);
			await indexAll(store);
			assert.deepEqual(await textsOf(store, "word", { rooms: [] }), ["word two", "word one"]);
			assert.deepEqual(await textsOf(store, "word", { rooms: [], room }), ["word two", "word one"]);
			assert.deepEqual(await textsOf(store, "word", { rooms: [], viewer: BEN }), ["word two"], "from the join on");
			assert.deepEqual(await textsOf(store, "word", { room: "lobby" }), []);
			const cat = { id: "cat-00000001", name: "Cat" };
			for (const words of ["word", "in:nowhere word", `in:${room} word`])
				assert.deepEqual(await textsOf(store, words, { rooms: [room], viewer: cat }), [], words);
			await store.append([member(BEN)]);
			assert.deepEqual(await textsOf(store, "word", { rooms: [room], viewer: BEN }), [], "removed from the room");
			await store.append([
				{ kind: "room", room, by: ADA, settings: { history: true }, createdAt: 3_000 },
				member(cat, "member"),
			]);
			assert.deepEqual(await textsOf(store, "word", { rooms: [], viewer: cat }), ["word two", "word one"]);
		},
	);

	storeTest(name, "Q2 a room that was removed, and pruned messages, are not found", open, async ({ store }) => {
		await store.append([
			text("lobby", "old tidings", { createdAt: 1 }),
			text("lobby", "new tidings", { createdAt: 9_000 }),
		]);
		await store.append([text("attic", "tidings in the attic", { createdAt: 9_500 })]);
		await indexAll(store);
		await store.prune(2);
		const both = { rooms: ["lobby", "attic"] };
		assert.deepEqual(await textsOf(store, "tidings", both), ["tidings in the attic", "new tidings"]);
		assert.equal(await store.removeRoom("attic"), true);
		assert.deepEqual(await textsOf(store, "tidings", both), ["new tidings"]);
		await store.append([text("attic", "fresh tidings")]);
		await indexAll(store);
		assert.deepEqual((await textsOf(store, "tidings", both)).sort(), ["fresh tidings", "new tidings"]);
	});

	storeTest(
		name,
		"Q1 a hit has the ranges that match, and the message in its current state",
		open,
		async ({ store }) => {
			await store.append([text("lobby", "Straße, Café und café", { mentions: [BEN.id] })]);
			await indexAll(store);
			const [hit] = (await find(store, "CAFE strasse")).hits;
			assert.deepEqual(
				hit?.ranges.map(([start, end]) => hit.message.body!.slice(start, end)),
				["Straße", "Café", "café"],
			);
			assert.deepEqual(
				[hit?.room, hit?.message.seq, hit?.message.rev, hit?.message.mentions],
				["lobby", 1, 1, [BEN.id]],
			);
		},
	);
}
