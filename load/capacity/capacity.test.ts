import assert from "node:assert/strict";
import { test } from "node:test";
import type { Result } from "../report/result.ts";
import { capacityOf } from "./capacity.ts";

/** The part of a result that is read. */
function held(users: number, urls: string[], servers: number): Result {
	return {
		load: { users, p99: 500 },
		verdict: { passed: true, valid: true, failures: [] },
		throughput: { sentPerS: 10 },
		target: { urls },
		servers: Array.from({ length: servers }, () => ({})),
	} as unknown as Result;
}

test("the limits for fly.toml are per machine", () => {
	const found = { held: 3_000, limit: undefined, limitOutcome: undefined };
	const limits = (urls: string[], servers: number) => capacityOf(found, [held(3_000, urls, servers)]).limits;
	assert.deepEqual(limits(["https://a"], 1), { soft_limit: 2_400, hard_limit: 3_000 });
	assert.deepEqual(limits(["https://a", "https://b"], 0), { soft_limit: 1_200, hard_limit: 1_500 });
	assert.deepEqual(limits(["https://balancer"], 3), { soft_limit: 800, hard_limit: 1_000 });
});
