import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, type TestContext, test } from "node:test";
import { RedisServer } from "../../app/cluster/testing/redis-server.ts";
import type { SendData } from "../../app/protocol/message.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import { PostgresServer } from "../../app/store/postgres/testing/postgres-server.ts";
import { freePort } from "../local-server/free-port.ts";
import { type RunningServer, runServer } from "../local-server/run-server.ts";
import { root } from "../root.ts";
import { connect, type Line, request } from "../smoke/line.ts";
import { signIn } from "../smoke/session.ts";

const POLLING = "/socket.io/?EIO=4&transport=polling";

let postgres: PostgresServer;
let redis: RedisServer;
let folder: string;
const chats: RunningServer[] = [];
let url: string;
let stopNginx: () => Promise<void>;

// What compose.yaml starts, by its own commands, without containers.
before(async () => {
	folder = mkdtempSync(join(tmpdir(), "hubbub-compose-"));
	[postgres, redis] = await Promise.all([PostgresServer.start(), RedisServer.start()]);
	const env = {
		DATABASE_URL: await postgres.createDatabase(),
		REDIS_URL: redis.url(),
		TRUST_PROXY: "1",
		SESSION_SECRET: undefined,
		LIMIT_SESSIONS_PER_S: "0",
	};
	execFileSync("sh", ["-c", commandOf("secret")]);
	const command: [string, ...string[]] = ["sh", "-c", commandOf("chat-1")];
	chats.push(...(await Promise.all([1, 2].map(() => runServer({ command, env })))));
	({ url, stop: stopNginx } = await startNginx(chats));
});

after(async () => {
	await stopNginx?.();
	for (const chat of chats) await chat.stop();
	await Promise.all([postgres?.dispose(), redis?.dispose()]);
	rmSync(folder, { recursive: true, force: true });
});

/** The real nginx with the real configuration; only where it listens and where the chats are is of this test. */
async function startNginx(servers: RunningServer[]) {
	const port = await freePort();
	const conf = servers
		.reduce(
			(text, server, i) => text.replace(`chat-${i + 1}:8080`, new URL(server.url).host),
			read("scripts/compose/chat.conf"),
		)
		.replace("listen 80;", `listen 127.0.0.1:${port};`);
	writeFileSync(join(folder, "chat.conf"), conf);
	const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
		(kind) => `${kind}_temp_path ${folder}/${kind};`,
	);
	writeFileSync(
		join(folder, "nginx.conf"),
		`daemon off; worker_processes 1; pid ${folder}/nginx.pid; events {}
		http { access_log off; ${temp.join(" ")} include ${folder}/chat.conf; }`,
	);
	const args = ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", join(folder, "error.log")];
	const nginx = spawn(process.env.NGINX ?? "nginx", args, { stdio: "inherit" });
	const address = `http://127.0.0.1:${port}`;
	for (const deadline = Date.now() + 15_000; ; ) {
		if (
			await fetch(`${address}/readyz`).then(
				({ ok }) => ok,
				() => false,
			)
		)
			break;
		assert.ok(Date.now() < deadline && nginx.exitCode === null, "nginx does not answer");
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return {
		url: address,
		async stop() {
			const exited = once(nginx, "exit");
			nginx.kill("SIGTERM");
			await exited;
		},
	};
}

/** The shell line of a service, with the test's folder as its volume and the sources as the image's program. */
function commandOf(service: string): string {
	const [, line] = new RegExp(`  ${service}:[^]*?command: \\["sh", "-c", "(.*)"\\]`).exec(read("compose.yaml"))!;
	return line!
		.replaceAll("$$", "$")
		.replaceAll("/data/", `${folder}/`)
		.replace("node /app/main.mjs", `"${process.execPath}" "${join(root, "app", "main.ts")}"`);
}

function read(file: string): string {
	return readFileSync(join(root, file), "utf8");
}

async function comeIn(t: TestContext, name: string): Promise<Line> {
	const line = await connect(url, (await signIn(url, name)).token, ["websocket"]);
	t.after(() => line.close());
	await request<JoinData>(line, "room:join", { room: "lobby" });
	return line;
}

async function connections(chat: RunningServer): Promise<number> {
	const text = await (await fetch(`${chat.url}/metrics`)).text();
	return Number(/^hubbub_connections (\d+)/m.exec(text)?.[1] ?? Number.NaN);
}

test("through nginx people come to both chats, and are in one", async (t) => {
	const people = [];
	for (const name of ["ada", "ben", "cy", "dee", "eve", "fay"]) people.push(await comeIn(t, name));
	const counts = await Promise.all(chats.map(connections));
	assert.equal(counts[0]! + counts[1]!, people.length);
	assert.ok(
		counts.every((count) => count > 0),
		`both have some: ${counts}`,
	);
	const heard = people.map((line) => new Promise((resolve) => line.once("room:appended", resolve)));
	const clientId = crypto.randomUUID();
	await request<SendData>(people[0]!, "message:send", { room: "lobby", clientId, body: "is this one chat?" });
	for (const told of await Promise.all(heard)) assert.match(JSON.stringify(told), /is this one chat\?/);
});

test("a client that can only poll gets a clear 400 where its requests reach the other chat", async () => {
	const { sid } = JSON.parse((await (await fetch(`${url}${POLLING}`)).text()).slice(1));
	let refused: Response;
	const deadline = Date.now() + 15_000;
	do {
		refused = await fetch(`${url}${POLLING}&sid=${sid}`, { method: "POST", body: "3" });
	} while (refused.ok && Date.now() < deadline);
	assert.equal(refused.status, 400);
	assert.deepEqual(await refused.json(), { code: 1, message: "Session ID unknown" });
});

test("when one chat is stopped, everybody is served by the other", async (t) => {
	await chats.pop()!.stop();
	for (let i = 0; i < 4; i++) assert.equal((await fetch(`${url}/readyz`)).status, 200);
	await comeIn(t, "gus");
});

test("compose.yaml opens nothing but nginx, to this computer only, and holds no password", () => {
	const yaml = read("compose.yaml").replace(/^\s*#.*\n/gm, "");
	assert.deepEqual(yaml.match(/ports:\n\s+- .*/g), ['ports:\n      - "127.0.0.1:8080:80"']);
	assert.doesNotMatch(yaml, /password|TOKEN|_SECRET(?!=\$\$\(cat)/i);
	assert.doesNotMatch(yaml, /:\/\/\w+:\w+@/);
	assert.match(yaml, /inside:\n\s+internal: true/);
	const services = [...yaml.slice(0, yaml.indexOf("\nnetworks:")).matchAll(/^ {2}([\w-]+):/gm)].map(([, name]) => name);
	assert.deepEqual(services, ["secret", "chat-1", "chat-2", "postgres", "valkey", "proxy"]);
	for (const waited of ["postgres", "valkey", "chat-1", "chat-2"]) {
		assert.match(yaml, new RegExp(`${waited}:\n +condition: service_healthy`), `somebody waits for ${waited}`);
	}
	assert.equal(yaml.match(/healthcheck:/g)?.length, 3, "the chats share theirs");
});

test("compose.yaml and the deployment run the same Valkey, and as little of it is kept", () => {
	const image = /image: (valkey\/\S+)/.exec(read("compose.yaml"))?.[1];
	assert.equal(image, /image = "(.+)"/.exec(read("scripts/deploy/valkey.toml"))?.[1]);
	assert.match(read("compose.yaml"), /"--save", "", "--appendonly", "no"/);
});
