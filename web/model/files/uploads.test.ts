import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { signal } from "@preact/signals";
import type { FileInfo } from "../../../app/protocol/file.ts";
import type { SendData, SendPayload } from "../../../app/protocol/message.ts";
import type { Ack, Refusal } from "../../../app/protocol/refusal.ts";
import type { ConnectionStatus } from "../../connection/reconnector.ts";
import { Outbox } from "../outbox.ts";
import type { PendingFile, PendingMessage } from "../pending.ts";
import { ADA_USER } from "../testing/entries.ts";
import { pendingInMemory } from "../testing/pending-in-memory.ts";
import { addLocalFile, localFiles } from "./local-files.ts";
import type { FileQuery } from "./post-file.ts";
import { Uploads } from "./uploads.ts";

type Posted = { query: FileQuery; signal: AbortSignal; finish(ack: Ack<FileInfo>): void };
type Sent = { payload: SendPayload; ack(ack: Ack<SendData>): void };

let files = 0;

/** A file that waits on the device, under a UUID. */
function newFile(name: string): PendingFile {
	files++;
	return { id: `00000000-0000-4000-8000-${String(files).padStart(12, "0")}`, name, type: "image/png", bytes: 3 };
}
/** The answer to the upload of a file. */
function uploaded(name: string, digit: string): Ack<FileInfo> {
	return { ok: true, data: { id: digit.repeat(32), name, type: "image/png", bytes: 3 } };
}
function refused(change: Partial<Refusal>): Ack<never> {
	return { ok: false, error: { code: "unavailable", message: "Not now.", retryable: true, ...change } };
}

/** An outbox and its uploads, whose requests the test answers. */
function open(t: TestContext, store = pendingInMemory(), contents = new Map<string, Blob>()) {
	t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
	const posted: Posted[] = [];
	const sent: Sent[] = [];
	const status = signal<ConnectionStatus>("online");
	const outbox = new Outbox({
		user: ADA_USER,
		store,
		send: ({ payload }, ack) => sent.push({ payload: payload as SendPayload, ack }),
		cursorOf: () => ({ epoch: "e", seq: 0 }),
		onStored() {},
		onNotMember() {},
		onMissing() {},
	});
	new Uploads({
		outbox,
		status,
		store: {
			get: async (id) => contents.get(id),
			remove: async (id) => void contents.delete(id),
		},
		post: (_content, query, { signal, onProgress }) =>
			new Promise((finish) => {
				onProgress(0.5);
				posted.push({ query, signal, finish });
			}),
	});
	outbox.resume("lobby");
	function send(body: string, list: readonly PendingFile[]): void {
		for (const { id } of list) {
			contents.set(id, new Blob(["abc"]));
			addLocalFile(id, contents.get(id)!);
		}
		outbox.add("lobby", { body }, { files: list, isHeld: true });
	}
	const messages = () => outbox.pending.value as readonly PendingMessage[];
	return { outbox, posted, sent, status, contents, store, send, messages };
}

async function turns(): Promise<void> {
	for (let turn = 0; turn < 10; turn++) await null;
}

test("the files of a message are uploaded one after the other; then it is sent, and the device deletes them", async (t) => {
	const { outbox, posted, sent, contents, send } = open(t);
	const [one, two] = [newFile("one.png"), { ...newFile("two.png"), alt: "A fox" }];
	send("Look", [one, two]);
	await turns();
	assert.deepEqual(
		posted.map(({ query: { room, name } }) => [room, name]),
		[["lobby", "one.png"]],
	);
	assert.equal(localFiles.value.get(one.id)?.progress.value, 0.5);
	outbox.add("lobby", { body: "A later text is not held up" });
	assert.equal(sent.length, 1);
	sent[0]!.ack({ ok: true, data: { seq: 1, createdAt: 1 } });
	posted[0]!.finish(uploaded("one.png", "1"));
	await turns();
	assert.equal(posted[1]?.query.alt, "A fox");
	assert.equal(sent.length, 1);
	posted[1]!.finish(uploaded("two.png", "2"));
	await turns();
	assert.deepEqual(sent[1]?.payload.files, ["1".repeat(32), "2".repeat(32)]);
	assert.equal(sent[1]?.payload.body, "Look");
	assert.equal(contents.size, 2, "the server may lose the uploads until they are in a message");
	sent[1]!.ack({ ok: true, data: { seq: 2, createdAt: 1 } });
	outbox.dropShown("lobby", 2);
	await turns();
	assert.equal(contents.size, 0);
	assert.equal(localFiles.value.get("1".repeat(32)), localFiles.value.get(one.id), "the page draws what it has");
});

test("an upload that breaks off is repeated, and waits for the connection; a permanent refusal fails the message", async (t) => {
	const { outbox, posted, status, send, messages } = open(t);
	send("", [newFile("one.png")]);
	await turns();
	status.value = "lost";
	posted[0]!.finish(refused({}));
	await turns();
	t.mock.timers.tick(60_000);
	await turns();
	assert.equal(posted.length, 1);
	status.value = "online";
	await turns();
	assert.equal(posted.length, 2);
	posted[1]!.finish(refused({ code: "rate_limited", retryAfterMs: 1_000 }));
	await turns();
	t.mock.timers.tick(60_000);
	await turns();
	posted[2]!.finish(refused({ code: "unavailable", message: "The space is used up.", retryAfterMs: 3_600_000 }));
	await turns();
	assert.deepEqual([messages()[0]?.state, messages()[0]?.refusal?.message], ["failed", "The space is used up."]);
	outbox.retry(messages()[0]!.clientId);
	await turns();
	posted[3]!.finish(refused({ code: "too_long", message: "A file has at most 25 MB.", retryable: false }));
	await turns();
	assert.equal(messages()[0]?.refusal?.message, "A file has at most 25 MB.");
});

test("an upload that breaks off on a working connection is not repeated for ever", async (t) => {
	const { posted, send, messages } = open(t);
	send("", [newFile("one.png")]);
	for (let attempt = 0; messages()[0]?.state === "queued"; attempt++) {
		await turns();
		assert.ok(attempt < 10, "it ends");
		posted[attempt]?.finish(refused({}));
		await turns();
		t.mock.timers.tick(60_000);
	}
	assert.equal(messages()[0]?.refusal?.message, "Not now.");
});

test("a file can be taken out while it waits; a message without text and files is gone", async (t) => {
	const { posted, sent, contents, send, messages } = open(t);
	const [one, two, three] = [newFile("one.png"), newFile("two.png"), newFile("three.png")];
	send("", [one, two]);
	send("", [three]);
	await turns();
	localFiles.value.get(one.id)!.cancel.value!();
	await turns();
	assert.ok(posted[0]!.signal.aborted);
	assert.deepEqual(
		posted.map(({ query }) => query.name),
		["one.png", "two.png"],
	);
	localFiles.value.get(three.id)!.cancel.value!();
	assert.deepEqual(
		messages().map(({ files }) => files?.map(({ name }) => name)),
		[["two.png"]],
	);
	posted[1]!.finish(uploaded("two.png", "2"));
	await turns();
	assert.deepEqual(sent[0]?.payload.files, ["2".repeat(32)]);
	assert.deepEqual([...contents.keys()], [two.id]);
});

test("M2 after a reload the waiting files are uploaded, and those that the server has lost are uploaded again", async (t) => {
	const first = open(t);
	const [one, two] = [newFile("one.png"), newFile("two.png")];
	first.send("Look", [one, two]);
	await turns();
	first.posted[0]!.finish(uploaded("one.png", "1"));
	await turns();
	const { clientId } = first.messages()[0]!;
	first.outbox.close();
	await turns();
	assert.equal(first.contents.size, 2, "what is on the device stays there");

	t.mock.timers.reset();
	const { outbox, posted, sent, messages } = open(t, first.store, first.contents);
	await outbox.restore();
	await turns();
	assert.equal(posted[0]?.query.name, "two.png");
	posted[0]!.finish(uploaded("two.png", "2"));
	await turns();
	const gone = refused({ code: "not_found", message: "A file is gone.", field: "files", retryable: false });
	sent[0]!.ack(gone);
	await turns();
	posted[1]!.finish(uploaded("one.png", "3"));
	await turns();
	posted[2]!.finish(uploaded("two.png", "4"));
	await turns();
	assert.deepEqual(sent[1]?.payload.files, ["3".repeat(32), "4".repeat(32)]);
	assert.equal(sent[1]?.payload.clientId, clientId);
	sent[1]!.ack(gone);
	await turns();
	assert.equal(messages()[0]?.state, "failed", "it is repeated once");
});

test("a file that the device does not have any more fails its message with a sentence", async (t) => {
	const { outbox, posted, messages } = open(t);
	outbox.add("lobby", { body: "" }, { files: [newFile("one.png")], isHeld: true });
	await turns();
	assert.equal(posted.length, 0);
	assert.match(messages()[0]!.refusal!.message, /^This device doesn't have the file any more/);
});
