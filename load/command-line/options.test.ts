import assert from "node:assert/strict";
import { test } from "node:test";
import { BadInput } from "../kit/cli.ts";
import { checkOpenFiles } from "../kit/open-files.ts";
import { newPlan, settingsOf } from "../plan/plan.ts";
import { parseProfile, profileNames, readProfile } from "../scenario/profile.ts";
import { parseTarget } from "../target/preflight.ts";
import { parseOptions } from "./options.ts";
import { SETTING_NAMES } from "./settings.ts";
import { usage } from "./usage.ts";

const refuses = (act: () => unknown, sentence: RegExp) =>
	assert.throws(act, (error) => error instanceof BadInput && sentence.test(error.message));

test("without a flag the profile is steady and the target a local server", () => {
	const options = parseOptions([], {});
	assert.equal(options.profile, "steady");
	assert.deepEqual(options.targets, []);
	assert.equal(settingsOf(readProfile("steady"), options).users, 1_000);
});

test("flags override the profile's numbers, and the token comes from the environment or a flag", () => {
	const options = parseOptions(["--users", "20", "--rate=0.5", "--token", "two"], { LOAD_TOKEN: "one" });
	assert.deepEqual(options.load, { users: 20, rate: 0.5 });
	assert.equal(options.loadToken, "two");
	assert.equal(parseOptions([], { LOAD_TOKEN: "one" }).loadToken, "one");
	assert.equal(parseOptions([], { LOAD_TOKEN: "one\r\n" }).loadToken, "one");
});

test("several targets are given one by one or in a list", () => {
	const { targets } = parseOptions(["--target", "http://a, http://b", "--target=http://c"], {});
	assert.deepEqual(targets, ["http://a", "http://b", "http://c"]);
});

test("--processes needs a database and Redis, and no target", () => {
	const env = { DATABASE_URL: "postgres://x", REDIS_URL: "redis://x" };
	assert.equal(parseOptions(["--processes", "3"], env).processes, 3);
	assert.equal(parseOptions(["--processes", "1"], { DATABASE_URL: "postgres://x" }).processes, 1);
	refuses(() => parseOptions(["--processes", "0"], env), /from 1 to/);
	refuses(() => parseOptions(["--processes", "3"], {}), /set DATABASE_URL/);
	refuses(() => parseOptions(["--processes", "2"], { DATABASE_URL: "postgres://x" }), /set REDIS_URL/);
	refuses(() => parseOptions(["--processes", "2", "--target", "http://a"], env), /leave out --target/);
});

test("wrong flags are refused with a sentence", () => {
	refuses(() => parseOptions(["--users", "many"], {}), /--users is a whole number from 1/);
	refuses(() => parseOptions(["--users", "1.5"], {}), /whole number/);
	refuses(() => parseOptions(["--rate", "-1"], {}), /rate/);
	refuses(() => parseOptions(["--nonsense"], {}), /--nonsense.*--help/);
	refuses(() => parseOptions(["--transport", "pigeon"], {}), /websocket, polling/);
	refuses(() => parseOptions(["--rooms", "2", "--members", "3"], {}), /either/);
	refuses(() => parseOptions(["--max-users", "9"], {}), /upper bound of --find-capacity/);
	refuses(() => parseOptions(["--find-capacity", "--compare", "old.json"], {}), /leave one of them out/);
	refuses(() => parseOptions(["--target", "http://a,http://a"], {}), /http:\/\/a twice/);
	refuses(() => readProfile("nonsense"), /no profile "nonsense".*steady/);
	refuses(() => parseTarget("my-chat"), /no address/);
	refuses(() => parseTarget("https://chat.example/room"), /give https:\/\/chat\.example\./);
	refuses(() => checkOpenFiles(10_000, 1_024), /ulimit -n 10200/);
});

test("the help names every flag and every profile", () => {
	const text = usage();
	for (const name of [...SETTING_NAMES, "target", "profile", "find-capacity", "compare", "yes", "ca"]) {
		assert.ok(text.includes(`--${name}`), name);
	}
	for (const name of profileNames()) assert.match(text, new RegExp(`^  ${name} +\\S`, "m"));
	assert.ok(text.split("\n").every((line) => line.length <= 110));
});

test("the eight profiles can be read, and have a summary", () => {
	assert.deepEqual(profileNames().sort(), ["broadcast", "burst", "churn", "day", "smoke", "soak", "steady", "storm"]);
	for (const name of profileNames()) assert.ok(readProfile(name).summary.length > 20, name);
});

test("a wrong scenario file is refused with the file's name and what it needs", () => {
	refuses(() => parseProfile("config: [", "mine.yml"), /mine\.yml is not YAML/);
	refuses(() => parseProfile("config: {}\nscenarios: []", "mine.yml"), /socketio-v3/);
	const flow = "scenarios: [{ engine: socketio-v3, flow: [{ function: openSession }] }]";
	refuses(() => parseProfile(`config: { load: { users: none } }\n${flow}`, "mine.yml"), /mine\.yml: users is a whole/);
	refuses(() => parseProfile(`config: { load: { people: 3 } }\n${flow}`, "mine.yml"), /no setting "people"/);
	refuses(() => parseProfile(`config: { load: { pace: slow } }\n${flow}`, "mine.yml"), /spread, together/);
});

test("--members determines the number of rooms, also where the profile sets one", () => {
	const profile = readProfile("broadcast");
	const options = parseOptions(["--users", "30", "--members", "10"], {});
	assert.equal(newPlan("abc", profile, settingsOf(profile, options), options, ["http://x"]).rooms, 3);
	const one = parseOptions(["--users", "30"], {});
	assert.equal(newPlan("abc", profile, settingsOf(profile, one), one, ["http://x"]).rooms, 1);
	const empty = parseOptions(["--users", "3", "--rooms", "5"], {});
	refuses(() => newPlan("abc", profile, settingsOf(profile, empty), empty, ["http://x"]), /empty/);
});
