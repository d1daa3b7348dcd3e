import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startServer } from "../../app/testing/harness.ts";
import { runScript } from "../deploy/testing/fake-fly.ts";
import { checkCookie } from "./cookie.ts";

const env = { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE };

async function listen(t: TestContext, server: Server): Promise<number> {
	server.listen(0, "127.0.0.1");
	await new Promise((resolve) => server.once("listening", resolve));
	t.after(() => server.close());
	return (server.address() as AddressInfo).port;
}

test("every check passes for a healthy server", async (t) => {
	const server = await startServer(t);
	const { code, output } = await runScript("doctor.ts", [server.url], "", env);
	assert.equal(code, 0, output);
	const whats = ["TLS", "health", "version", "clock", "cookie", "WebSocket", "polling fallback", "upgrade"];
	for (const what of whats) assert.match(output, new RegExp(`^ok +${what} `, "m"));
	assert.match(output, /^(ok|warn) +latency /m);
	assert.equal((await server.store.revokedSessions()).length, 1, "the doctor signs out");
});

test("a proxy that does not forward WebSocket is reported, with the settings that it needs; polling works", async (t) => {
	const server = await startServer(t);
	const port = Number(new URL(server.url).port);
	const proxy = createServer((incoming, outgoing) => {
		const { method, url, headers } = incoming;
		const { upgrade: _, connection: __, ...rest } = headers;
		const onward = request({ host: "127.0.0.1", port, method, path: url, headers: rest }, (answer) => {
			outgoing.writeHead(answer.statusCode!, answer.headers);
			answer.pipe(outgoing);
		});
		onward.once("error", () => outgoing.destroy());
		incoming.pipe(onward);
	});
	const { code, output } = await runScript("doctor.ts", [`http://127.0.0.1:${await listen(t, proxy)}`], "", env);
	assert.equal(code, 1, output);
	assert.match(output, /^FAIL +WebSocket .*\n +A reverse proxy must forward WebSocket: .*Upgrade/m);
	assert.match(output, /^ok +polling fallback /m);
	assert.match(output, /^FAIL +upgrade /m);
});

test("a closed port and another server are reported as such", async (t) => {
	const other = await listen(
		t,
		createServer((_, response) => response.end("hello")),
	);
	const elsewhere = await runScript("doctor.ts", [`http://127.0.0.1:${other}`], "", env);
	assert.equal(elsewhere.code, 1);
	assert.match(elsewhere.output, /^FAIL +health +\/readyz returns 200\n +That is not Hubbub/m);

	const closed = createServer();
	const port = await listen(t, closed);
	await new Promise((resolve) => closed.close(resolve));
	const nobody = await runScript("doctor.ts", [`http://127.0.0.1:${port}`], "", env);
	assert.equal(nobody.code, 1);
	assert.match(nobody.output, /^FAIL +health +nothing listens there/m);
});

test("a self-signed certificate is a failure, with a remedy", async (t) => {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-tls-"));
	t.after(() => rmSync(folder, { recursive: true, force: true }));
	const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
	const args = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"];
	const made = spawnSync("openssl", [...args, "-subj", "/CN=localhost", "-keyout", key, "-out", cert]);
	if (made.status !== 0) return t.skip("openssl is not installed");
	const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) });
	const { code, output } = await runScript("doctor.ts", [`https://localhost:${await listen(t, server)}`], "", env);
	assert.equal(code, 1, output);
	assert.match(output, /^FAIL +TLS +its certificate is self-signed\n +Give the host a valid certificate/m);
});

test("the cookie needs the attributes that a browser requires", () => {
	const session = { user: { id: "1", name: "Ada" }, token: "t", signOut: async () => {} };
	const whole = "session=t; Path=/; HttpOnly; SameSite=Lax";
	const cases: [url: string, setCookie: string, verdict: string, says: RegExp][] = [
		["http://localhost", whole, "ok", /^$/],
		["https://a.example", `__Host-${whole}; Secure`, "ok", /^$/],
		["https://a.example", whole, "FAIL", /TRUST_PROXY/],
		["http://localhost", "session=t; Path=/", "FAIL", /reverse proxy changes Set-Cookie/],
		["http://localhost", "", "FAIL", /removes Set-Cookie/],
		["http://localhost", whole.replace("=t", "=other"), "FAIL", /reverse proxy changes Set-Cookie/],
	];
	for (const [url, setCookie, verdict, says] of cases) {
		const finding = checkCookie(url, { ...session, setCookie });
		assert.equal(finding.verdict, verdict, setCookie);
		assert.match(finding.remedy ?? "", says);
	}
});
