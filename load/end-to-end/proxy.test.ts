import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { freePort } from "../kit/free-port.ts";
import { TempFolder } from "../kit/temp-folder.ts";
import { waitFor } from "../kit/wait-for.ts";
import { type OwnServer, startOwnServer } from "../run/own-servers.ts";
import { load, SMALL_LOAD } from "../testing/load-run.ts";

const MINUTES = { timeout: 120_000 };
const missing = ["nginx", "openssl"].find((program) => spawnSync(program, ["version"]).error);
const skip = missing && `${missing} is not installed`;

let server: OwnServer;
let nginx: ChildProcess;
let folder: TempFolder;
let target: string;

before(async () => {
	if (skip) return;
	server = await startOwnServer();
	folder = new TempFolder("hubbub-load-nginx-");
	const port = await freePort();
	target = `https://localhost:${port}`;
	makeCertificate();
	writeFileSync(folder.file("nginx.conf"), nginxConf(port, server.url));
	nginx = spawn("nginx", ["-p", folder.path, "-c", folder.file("nginx.conf"), "-e", folder.file("error.log")]);
	await waitFor("nginx", () => listens(port), { timeoutMs: 60_000 });
});

after(async () => {
	if (skip) return;
	nginx.kill("SIGTERM");
	await server.stop();
	folder[Symbol.dispose]();
});

for (const transport of ["websocket", "polling"]) {
	test(`behind TLS and nginx, over ${transport}`, { ...MINUTES, skip: skip ?? false }, async () => {
		const args = ["--target", target, "--ca", folder.file("cert.pem"), "--transport", transport, ...SMALL_LOAD];
		const { code, output, result } = await load(args, { LOAD_TOKEN: server.loadToken });
		assert.equal(code, 0, output);
		assert.equal(result?.accounting.delivered, 18 * 6, output);
		assert.deepEqual(result?.errors, {});
	});
}

test("an untrusted certificate is refused with what to do", {
	...MINUTES,
	skip: skip ?? false,
}, async () => {
	const { code, output } = await load(["--target", target, ...SMALL_LOAD], { LOAD_TOKEN: server.loadToken });
	assert.equal(code, 2);
	assert.match(output, /certificate can't be verified.*--ca FILE/);
});

function makeCertificate(): void {
	const files = ["-keyout", folder.file("key.pem"), "-out", folder.file("cert.pem")];
	const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
	execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", ...subject, ...files], {
		stdio: "ignore",
	});
}

function nginxConf(port: number, upstream: string): string {
	return `daemon off;
worker_processes 1;
pid ${folder.path}/nginx.pid;
events {}
http {
	access_log off;
	client_body_temp_path ${folder.path}/body;
	proxy_temp_path ${folder.path}/proxy;
	fastcgi_temp_path ${folder.path}/fastcgi;
	uwsgi_temp_path ${folder.path}/uwsgi;
	scgi_temp_path ${folder.path}/scgi;
	map $http_upgrade $connection_upgrade { default upgrade; "" ""; }
	server {
		listen 127.0.0.1:${port} ssl;
		server_name localhost;
		ssl_certificate ${folder.path}/cert.pem;
		ssl_certificate_key ${folder.path}/key.pem;
		location / {
			proxy_pass ${upstream};
			proxy_http_version 1.1;
			proxy_set_header Host $host;
			proxy_set_header Upgrade $http_upgrade;
			proxy_set_header Connection $connection_upgrade;
			proxy_set_header X-Forwarded-For $remote_addr;
			proxy_set_header X-Forwarded-Proto https;
		}
	}
}
`;
}

function listens(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const probe = connect(port, "127.0.0.1");
		probe.once("connect", () => resolve(true)).once("error", () => resolve(false));
		probe.once("connect", () => probe.destroy());
	});
}
