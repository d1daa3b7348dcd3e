import assert from "node:assert/strict";
import { test } from "node:test";
import { countsFromJunit } from "./junit.ts";

test("tests and what they hold are counted once, failures and skips by themselves", () => {
	const xml = `<testsuites name="deno test" tests="6" failures="2" errors="0">
	<testsuite name="./app/a.test.ts">
		<testcase name="alone" time="0.1">
		</testcase>
		<testcase name="a group" time="0.1">
		</testcase>
		<testcase name="broken" time="0.1">
			<failure message="no">AssertionError: &lt;skipped/&gt;</failure>
		</testcase>
		<testcase name="a group &gt; first" time="0.1">
		</testcase>
		<testcase name="a group &gt; second" time="0.1">
			<failure message="no">AssertionError</failure>
		</testcase>
		<testcase name="a group &gt; third" time="0.1">
			<skipped/>
		</testcase>
	</testsuite>
</testsuites>`;
	assert.deepEqual(countsFromJunit(xml), { passed: 2, failed: 2, skipped: 1 });
});
