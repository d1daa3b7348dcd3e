import assert from "node:assert/strict";
import { test } from "node:test";
import { BadInput } from "../../bad-input.ts";
import { CONTENDERS } from "../contenders/all.ts";
import { oursAgain } from "../contenders/ours.ts";
import { WORKLOADS } from "../workloads/all.ts";
import { HELP, type Options, PEER_IDS, readOptions, WORKLOAD_IDS } from "./options.ts";

function read(...args: string[]): Options {
	const options = readOptions(args);
	assert.notEqual(options, "help");
	return options as Options;
}

test("what can be asked for is what there is", () => {
	assert.deepEqual(
		WORKLOADS.map(({ id }) => id),
		WORKLOAD_IDS,
	);
	assert.deepEqual(
		CONTENDERS.map(({ id }) => id).filter((id) => id !== oursAgain.id),
		PEER_IDS,
	);
	for (const word of [...WORKLOAD_IDS, ...PEER_IDS]) assert.ok(HELP.includes(word), word);
});

test("without options everything runs, at least five rounds", () => {
	const options = read();
	assert.deepEqual(options.workloads, WORKLOAD_IDS);
	assert.deepEqual(
		options.peers,
		PEER_IDS.filter((id) => id !== "shared"),
	);
	assert.ok(options.rounds >= 5);
});

test("lists, rounds and flags are read", () => {
	const options = read("--only", "W3,W1", "--peers", "ws, ours", "--rounds", "3", "--publish");
	assert.deepEqual(options.workloads, ["W1", "W3"]);
	assert.deepEqual(options.peers, ["ours", "ws"]);
	assert.equal(options.rounds, 3);
	assert.ok(options.publish);
	assert.equal(readOptions(["--help"]), "help");
});

test("--quick is shorter, and takes what else is said", () => {
	const [quick, full] = [read("--quick"), read()];
	assert.equal(quick.rounds, 1);
	assert.ok(quick.pace.measureMs < full.pace.measureMs);
	assert.deepEqual(read("--quick", "--only", "W4").workloads, ["W4"]);
});

for (const [args, sentence] of [
	[["--only", "W9"], /does not know "W9"/],
	[["--peers", "ours,"], /does not know ""/],
	[["--rounds", "0"], /whole number from 1 to 100/],
	[["--rounds", "1.5"], /whole number from 1 to 100/],
	[["--rounds"], /argument missing: see npm run bench -- --help/],
	[["--fast"], /Unknown option '--fast'/],
	[["W1"], /Unexpected argument 'W1'/],
	[["--quick", "--publish"], /without --quick/],
] as const) {
	test(`bad input gets a sentence: ${args.join(" ")}`, () => {
		assert.throws(
			() => readOptions(args),
			(error: Error) => error instanceof BadInput && sentence.test(error.message),
		);
	});
}
