import assert from "node:assert/strict";
import { test } from "node:test";
import { VARIABLES } from "./config-variables.ts";
import { misspeltSettings } from "./misspelt-settings.ts";

test("a misspelt setting is named with the one that was probably meant", () => {
	const named = misspeltSettings({
		LIMIT_MESSAGE_PER_S: "1",
		DATABASE_URI: "x",
		PUBLIC_ORIGINS: "x",
		TRUST_PROXIES: "x",
		LIMIT_OF_NOTHING: "1",
	});
	assert.deepEqual(
		named.map((sentence) =>
			/^(\w+) is not a setting and has no effect\. (?:Did you mean (\w+)\?)?/.exec(sentence)?.slice(1),
		),
		[
			["LIMIT_MESSAGE_PER_S", "LIMIT_MESSAGES_PER_S"],
			["DATABASE_URI", "DATABASE_URL"],
			["PUBLIC_ORIGINS", "PUBLIC_ORIGIN"],
			["LIMIT_OF_NOTHING", undefined],
		],
	);
});

test("settings and the variables of other programs are not named", () => {
	const settings = Object.fromEntries(Object.values(VARIABLES).map(({ name }) => [name, "1"]));
	const others = {
		PATH: "x",
		HOME: "x",
		HOSTNAME: "x",
		LIMITED: "1",
		NODE_ENV: "x",
		FLY_REGION: "x",
		["A".repeat(9_999)]: "",
	};
	assert.deepEqual(misspeltSettings({ ...settings, ...others }), []);
});
