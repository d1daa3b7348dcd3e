import assert from "node:assert/strict";
import { test } from "node:test";
import { resultsFromJunit } from "./junit.ts";

test("tests and what they hold are counted once, failures and skips by themselves", () => {
	const xml = `<testsuites name="deno test" tests="6" failures="2" errors="0">
	<testsuite name="./app/a.test.ts">
		<testcase name="alone" classname="./app/a.test.ts" time="0.1">
		</testcase>
		<testcase name="a group" classname="./app/a.test.ts" time="0.1">
		</testcase>
		<testcase name="broken" classname="./app/a.test.ts" time="0.1">
			<failure message="no">AssertionError: &lt;skipped/&gt;</failure>
		</testcase>
		<testcase name="a group &gt; first" classname="./app/a.test.ts" time="0.1">
		</testcase>
		<testcase name="a group &gt; second" classname="ext:deno_node/testing.ts" time="0.1">
			<failure message="no">AssertionError</failure>
		</testcase>
		<testcase name="a group &gt; third" classname="./app/a.test.ts" time="0.1">
			<skipped/>
		</testcase>
	</testsuite>
</testsuites>`;
	assert.deepEqual(resultsFromJunit(xml), {
		counts: { passed: 2, failed: 2, skipped: 1 },
		failedFiles: ["app/a.test.ts", "app/a.test.ts"],
	});
});
