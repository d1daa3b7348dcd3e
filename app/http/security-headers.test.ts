import assert from "node:assert/strict";
import { testHttp } from "../testing/http-app.ts";

const EXPECTED = {
	"x-content-type-options": "nosniff",
	"referrer-policy": "no-referrer",
	"cross-origin-opener-policy": "same-origin",
	"permissions-policy": "geolocation=(self), camera=(), microphone=()",
};

testHttp("every response, also a refusal or a failure, has the security headers", async (open) => {
	const app = await open({
		deps: {
			page: {
				file(path) {
					if (path === "/index.html") throw new Error("a bug");
					return undefined;
				},
			},
		},
	});
	for (const [path, status] of [
		["/", 500],
		["/api/session", 401],
		["/api/nothing", 404],
		["/readyz", 200],
		["/metrics", 200],
	] as const) {
		const { headers, status: answered } = await app.request(path);
		assert.equal(answered, status, path);
		for (const [name, value] of Object.entries(EXPECTED)) assert.equal(headers.get(name), value, `${name} of ${path}`);
		const policy = new Map(
			(headers.get("content-security-policy") ?? "").split("; ").map((part) => [part.split(" ")[0], part]),
		);
		assert.equal(policy.get("default-src"), "default-src 'none'");
		assert.equal(policy.get("script-src"), "script-src 'self'");
		assert.equal(policy.get("frame-ancestors"), "frame-ancestors 'none'");
		assert.equal(policy.get("require-trusted-types-for"), "require-trusted-types-for 'script'");
		assert.doesNotMatch([...policy.values()].join(), /unsafe|\*/);
	}
});

testHttp("Strict-Transport-Security is sent only over https", async (open) => {
	const headers = { "x-forwarded-proto": "https" };
	const behindProxy = await open({ trustProxy: 1 });
	assert.equal(
		(await behindProxy.request("/livez", { headers })).headers.get("strict-transport-security"),
		"max-age=31536000",
	);
	assert.equal((await behindProxy.request("/livez")).headers.get("strict-transport-security"), null);
	const inFront = await open();
	assert.equal((await inFront.request("/livez", { headers })).headers.get("strict-transport-security"), null);
});
