import assert from "node:assert/strict";
import { test } from "node:test";
import * as v from "valibot";
import type { Ack } from "../protocol/refusal.ts";
import { StoreDamaged, StoreUnavailable } from "../room/ports/store.ts";
import { accept } from "../room/refusals.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { acknowledge } from "./acknowledge.ts";
import { type Command, command } from "./commands/command.ts";

const Payload = v.object({ text: v.string() });

/** Runs events against one command, "event", and records what happens. */
function setUp(one: Command, isDraining = () => false) {
	const acks: Ack<unknown>[] = [];
	const acked: string[] = [];
	const errors: unknown[] = [];
	const connection = { id: "c", sessionId: "s", user: { id: "u", name: "ada" }, pendingReads: 0 };
	const deps = {
		commands: new Map([["event", one]]),
		clock: new ManualClock(),
		metrics: { acked: (event: string) => void acked.push(event), refused() {} },
		onError: (error: unknown) => void errors.push(error),
		isDraining,
	};
	const send = (event: unknown, ...args: unknown[]) => acknowledge(deps, connection, event, args);
	const codes = () => acks.map((ack) => (ack.ok ? "ok" : ack.error.code));
	return { send, acks, acked, errors, connection, codes, ack: (ack: Ack<unknown>) => void acks.push(ack) };
}

const echo = command(Payload, (_, { text }) => accept(text));

test("the ack has the result of the command", () => {
	const { send, ack, acks } = setUp(echo);
	send("event", { text: "hello" }, ack);
	assert.deepEqual(acks, [{ ok: true, data: "hello" }]);
});

test("E1 unknown events, invalid payloads and a missing acknowledgement function are refused", () => {
	const { send, ack, codes, acked } = setUp(echo);
	for (const event of ["nothing", 7, undefined, "__proto__"]) send(event, { text: "x" }, ack);
	send("event", { text: 1 }, ack);
	send("event", { text: "x" });
	assert.deepEqual(codes(), Array(5).fill("bad_request"));
	assert.deepEqual(acked, [...Array(4).fill("unknown"), "event", "event"]);
});

test("a volatile event needs no acknowledgement function", () => {
	let runs = 0;
	const { send } = setUp(
		command(
			Payload,
			() => {
				runs++;
				return accept({});
			},
			{ isVolatile: true },
		),
	);
	send("event", { text: "x" });
	assert.equal(runs, 1);
});

test("E1 an exception, and the failure of the store, is reported for the log and becomes a refusal", async () => {
	const thrown = [new Error("a bug"), new StoreUnavailable("away")];
	const { send, ack, codes, errors } = setUp(command(Payload, () => Promise.reject(thrown.shift())));
	send("event", { text: "x" }, ack);
	send("event", { text: "x" }, ack);
	await new Promise((resolve) => setImmediate(resolve));
	assert.deepEqual(codes(), ["internal", "unavailable"]);
	assert.equal(errors.length, 2);
});

test("a damaged store is refused as not retryable", async () => {
	const { send, ack, acks } = setUp(command(Payload, () => Promise.reject(new StoreDamaged("malformed"))));
	send("event", { text: "x" }, ack);
	await new Promise((resolve) => setImmediate(resolve));
	assert.deepEqual(
		acks.map((each) => !each.ok && [each.error.code, each.error.retryable]),
		[["unavailable", false]],
	);
});

test("D1 nothing runs while the server drains", () => {
	const { send, ack, codes } = setUp(
		command(Payload, () => assert.fail("ran")),
		() => true,
	);
	send("event", { text: "x" }, ack);
	assert.deepEqual(codes(), ["draining"]);
});

test("pending reads of one connection are bounded, and each reply makes room", () => {
	const replies: (() => void)[] = [];
	const read = command(
		Payload,
		(_, __, reply) => {
			replies.push(() => reply(accept({})));
			return undefined;
		},
		{ reads: 10 },
	);
	const { send, ack, codes, connection } = setUp(read);
	for (let i = 0; i < 3; i++) send("event", { text: "x" }, ack);
	assert.deepEqual(codes(), ["rate_limited"]);
	for (const reply of replies) {
		reply();
		reply();
	}
	assert.deepEqual(codes(), ["rate_limited", "ok", "ok"], "a second reply is ignored");
	assert.equal(connection.pendingReads, 0);
});
