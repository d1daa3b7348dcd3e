import assert from "node:assert/strict";
import { test } from "node:test";
import { testHttp } from "../../testing/http-app.ts";
import { createMetricsApp } from "./metrics.ts";

testHttp("without METRICS_PORT the metrics are public", async (open) => {
	const app = await open({ adminToken: "admin" });
	const response = await app.request("/metrics");
	assert.equal(response.status, 200);
	assert.equal(response.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
	assert.equal(await response.text(), "hubbub_up 1\n");
});

testHttp("with METRICS_PORT the metrics on the main port need a token", async (open) => {
	const app = await open({ metricsPort: 9091, adminToken: "admin", loadToken: "load" });
	const statusWith = async (headers: Record<string, string>) => (await app.request("/metrics", { headers })).status;
	for (const headers of [{}, { authorization: "Bearer load" }, { "x-load-token": "admin" }] as Record<string, string>[])
		assert.equal(await statusWith(headers), 404);
	assert.equal(await statusWith({ authorization: "Bearer admin" }), 200);
	assert.equal(await statusWith({ "x-load-token": "load" }), 200);
	const unset = await open({ metricsPort: 9091 });
	assert.equal((await unset.request("/metrics", { headers: { authorization: "Bearer " } })).status, 404);
});

test("the app for METRICS_PORT serves /metrics only", async () => {
	const app = createMetricsApp({ text: async () => "hubbub_up 1\n", contentType: "text/plain" });
	assert.equal(await (await app.request("/metrics")).text(), "hubbub_up 1\n");
	for (const path of ["/", "/readyz", "/api/session"]) assert.equal((await app.request(path)).status, 404);
});
