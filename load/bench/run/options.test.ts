import assert from "node:assert/strict";
import { test } from "node:test";
import { BadInput } from "../../kit/cli.ts";
import { type BenchOptions, HELP, PEER_IDS, readOptions, WORKLOAD_IDS } from "./options.ts";

function read(...args: string[]): BenchOptions {
	const options = readOptions(args);
	assert.notEqual(options, "help");
	return options as BenchOptions;
}

test("the help names every workload and every server", () => {
	assert.deepEqual(WORKLOAD_IDS, [
		"W1",
		"W2",
		"W3",
		"W4",
		"storm",
		"rates",
		"changes-W2",
		"changes-W3",
		"everybody",
		"reacted-joins",
		"rejoins",
		"uploads",
	]);
	assert.deepEqual(PEER_IDS, ["ours", "shared", "uwebsockets", "ws", "socket.io"]);
	for (const word of [...WORKLOAD_IDS, ...PEER_IDS]) assert.ok(HELP.includes(word), word);
});

test("without options all workloads run, at least five rounds", () => {
	const options = read();
	assert.deepEqual(options.workloads, WORKLOAD_IDS);
	assert.deepEqual(
		options.peers,
		PEER_IDS.filter((id) => id !== "shared"),
	);
	assert.ok(options.rounds >= 5);
});

test("reads lists, rounds and flags", () => {
	const options = read("--only", "W3,W1", "--peers", "ws, ours", "--rounds", "3", "--publish");
	assert.deepEqual(options.workloads, ["W1", "W3"]);
	assert.deepEqual(options.peers, ["ours", "ws"]);
	assert.equal(options.rounds, 3);
	assert.ok(options.publish);
	assert.equal(readOptions(["--help"]), "help");
});

test("--quick is shorter, and other options still count", () => {
	const [quick, full] = [read("--quick"), read()];
	assert.equal(quick.rounds, 1);
	assert.ok(quick.plan.measureMs < full.plan.measureMs);
	assert.deepEqual(read("--quick", "--only", "W4").workloads, ["W4"]);
});

for (const [args, sentence] of [
	[["--only", "W9"], /there is no "W9"/],
	[["--peers", "ours,"], /there is no ""/],
	[["--rounds", "0"], /whole number from 1 to 100/],
	[["--rounds", "1.5"], /whole number from 1 to 100/],
	[["--rounds"], /argument missing\. See npm run bench -- --help/],
	[["--fast"], /Unknown option '--fast'/],
	[["W1"], /Unexpected argument 'W1'/],
	[["--quick", "--publish"], /--publish without it/],
] as const) {
	test(`bad input has an error sentence: ${args.join(" ")}`, () => {
		assert.throws(
			() => readOptions(args),
			(error: Error) => error instanceof BadInput && sentence.test(error.message),
		);
	});
}
