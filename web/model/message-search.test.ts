import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ack } from "../../app/protocol/refusal.ts";
import type { SearchData, SearchHit, SearchPayload } from "../../app/protocol/search.ts";
import { MessageSearch } from "./message-search.ts";

const hit = (seq: number): SearchHit => ({
	room: "lobby",
	message: { seq, author: { id: "ada", name: "Ada" }, createdAt: seq, body: "a word", rev: seq },
	ranges: [[2, 6]],
});

/** A search whose requests the test acknowledges. */
function setUp() {
	const requests: { payload: SearchPayload; settle: (ack: Ack<SearchData>) => void }[] = [];
	const network = { isOnline: true };
	const search = new MessageSearch({
		request: (payload) => new Promise((settle) => requests.push({ payload, settle })),
		isOnline: () => network.isOnline,
	});
	const seqs = () => search.hits.value.map(({ message }) => message.seq);
	const accept = (data: SearchData) => requests.at(-1)!.settle({ ok: true, data });
	return { search, requests, network, seqs, accept };
}

test("hits are loaded page by page, past pages without a hit", async () => {
	const { search, requests, seqs, accept } = setUp();
	const searching = search.search("word");
	assert.deepEqual(search.state.value, { phase: "searching" });
	accept({ hits: [hit(9)], cursor: "9" });
	await searching;
	assert.deepEqual(search.state.value, { phase: "found", more: true });
	const more = search.more();
	accept({ hits: [], cursor: "5" });
	await null;
	await null;
	assert.deepEqual(
		requests.map(({ payload }) => payload),
		[{ text: "word" }, { text: "word", cursor: "9" }, { text: "word", cursor: "5" }],
	);
	accept({ hits: [hit(3)] });
	await more;
	assert.deepEqual(seqs(), [9, 3]);
	assert.deepEqual(search.state.value, { phase: "found", more: false });
});

test("a later search replaces one in progress, and an empty one shows nothing", async () => {
	const { search, requests, seqs, accept } = setUp();
	const first = search.search("wor");
	const second = search.search("word");
	requests[0]!.settle({ ok: true, data: { hits: [hit(1)] } });
	accept({ hits: [hit(2)] });
	await Promise.all([first, second]);
	assert.deepEqual(seqs(), [2]);
	await search.search(" ");
	assert.deepEqual([seqs(), search.state.value], [[], { phase: "empty" }]);
});

test("without a connection, and when it is refused, a search says so and can be repeated", async () => {
	const { search, requests, network, seqs, accept } = setUp();
	network.isOnline = false;
	await search.search("word");
	assert.deepEqual([search.state.value, requests.length], [{ phase: "offline" }, 0]);
	network.isOnline = true;
	const again = search.more();
	const refusal = { code: "rate_limited", message: "Too many searches.", retryable: true } as const;
	requests[0]!.settle({ ok: false, error: refusal });
	await again;
	assert.deepEqual(search.state.value, { phase: "refused", refusal });
	const last = search.more();
	accept({ hits: [hit(4)] });
	await last;
	assert.deepEqual(seqs(), [4]);
});
