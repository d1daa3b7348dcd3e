import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceName } from "./device-name.ts";

const ENGINE = "AppleWebKit/537.36 (KHTML, like Gecko)";

test("a device is named by its browser and system", () => {
	for (const [header, name] of [
		["Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"],
		[`Mozilla/5.0 (Windows NT 10.0) ${ENGINE} Chrome/142.0.0.0 Safari/537.36`, "Chrome on Windows"],
		[`Mozilla/5.0 (Windows NT 10.0) ${ENGINE} Chrome/142.0.0.0 Safari/537.36 Edg/142.0`, "Edge on Windows"],
		[`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${ENGINE} Chrome/142.0 Mobile Safari/537.36`, "Chrome on Android"],
		[`Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${ENGINE} Version/18.0 Safari/604.1`, "Safari on iPhone"],
		["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "Safari on Mac"],
		["curl/8.9", "A program"],
		["<script>", "A program"],
		[`${"x".repeat(10_000)} Firefox/1`, "A program"],
		[undefined, "A program"],
	] as const)
		assert.equal(deviceName(header), name);
});
