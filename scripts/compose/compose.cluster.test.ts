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
import { type ChatClient, connect, request } from "../../load/kit/client.ts";
import { freePort } from "../../load/kit/free-port.ts";
import { ServerProcess } from "../../load/kit/server-process.ts";
import { signIn } from "../../load/kit/sign-in.ts";
import { root } from "../root.ts";

const POLLING = "/socket.io/?EIO=4&transport=polling";

let postgres: PostgresServer;
let redis: RedisServer;
let folder: string;
const chats: ServerProcess[] = [];
let url: string;
let stopNginx: () => Promise<void>;

// Starts the services of compose.yaml with their own commands, without containers.
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
	chats.push(...(await Promise.all([1, 2].map(() => ServerProcess.start({ command, env })))));
	({ url, stop: stopNginx } = await startNginx(chats));
});

after(async () => {
	await stopNginx?.();
	for (const chat of chats) await chat.stop();
	await Promise.all([postgres?.dispose(), redis?.dispose()]);
	rmSync(folder, { recursive: true, force: true });
});

/** Starts nginx with the real configuration, except for the addresses of nginx and of the servers. */
async function startNginx(servers: ServerProcess[]) {
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
		assert.ok(Date.now() < deadline && nginx.exitCode === null, "nginx does not respond");
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

/** Returns the command of a service, with the test's folder as its volume and the sources as its program. */
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

async function joinLobby(t: TestContext, name: string): Promise<ChatClient> {
	const socket = await connect(url, (await signIn(url, name)).token);
	t.after(() => socket.close());
	await request<JoinData>(socket, "room:join", { room: "lobby" });
	return socket;
}

async function connections(chat: ServerProcess): Promise<number> {
	const text = await (await fetch(`${chat.url}/metrics`)).text();
	return Number(/^hubbub_connections (\d+)/m.exec(text)?.[1] ?? Number.NaN);
}

test("nginx distributes users over both servers, which are one chat", async (t) => {
	const users = [];
	for (const name of ["ada", "ben", "cy", "dee", "eve", "fay"]) users.push(await joinLobby(t, name));
	const counts = await Promise.all(chats.map(connections));
	assert.equal(counts[0]! + counts[1]!, users.length);
	assert.ok(
		counts.every((count) => count > 0),
		`each server has connections: ${counts}`,
	);
	const received = users.map((socket) => new Promise((resolve) => socket.once("room:appended", resolve)));
	const clientId = crypto.randomUUID();
	await request<SendData>(users[0]!, "message:send", { room: "lobby", clientId, body: "is this one chat?" });
	for (const event of await Promise.all(received)) assert.match(JSON.stringify(event), /is this one chat\?/);
});

test("a polling request that reaches the other server gets status 400", async () => {
	const { sid } = JSON.parse((await (await fetch(`${url}${POLLING}`)).text()).slice(1));
	let refused: Response;
	const deadline = Date.now() + 15_000;
	do {
		refused = await fetch(`${url}${POLLING}&sid=${sid}`, { method: "POST", body: "3" });
	} while (refused.ok && Date.now() < deadline);
	assert.equal(refused.status, 400);
	assert.deepEqual(await refused.json(), { code: 1, message: "Session ID unknown" });
});

test("when one server stops, the other one serves all requests", async (t) => {
	await chats.pop()!.stop();
	for (let i = 0; i < 4; i++) assert.equal((await fetch(`${url}/readyz`)).status, 200);
	await joinLobby(t, "gus");
});

test("compose.yaml publishes only nginx, only on this computer, and contains no password", () => {
	const yaml = read("compose.yaml").replace(/^\s*#.*\n/gm, "");
	assert.deepEqual(yaml.match(/ports:\n\s+- .*/g), ['ports:\n      - "127.0.0.1:8080:80"']);
	assert.doesNotMatch(yaml, /password|TOKEN|_SECRET(?!=\$\$\(cat)/i);
	assert.doesNotMatch(yaml, /:\/\/\w+:\w+@/);
	assert.match(yaml, /inside:\n\s+internal: true/);
	const services = [...yaml.slice(0, yaml.indexOf("\nnetworks:")).matchAll(/^ {2}([\w-]+):/gm)].map(([, name]) => name);
	assert.deepEqual(services, ["secret", "chat-1", "chat-2", "postgres", "valkey", "proxy"]);
	for (const waited of ["postgres", "valkey", "chat-1", "chat-2"]) {
		assert.match(yaml, new RegExp(`${waited}:\n +condition: service_healthy`), `a service waits for ${waited}`);
	}
	assert.equal(yaml.match(/healthcheck:/g)?.length, 3, "the two servers share one");
});

test("compose.yaml and the deployment run the same Valkey, without persistence", () => {
	const image = /image: (valkey\/\S+)/.exec(read("compose.yaml"))?.[1];
	assert.equal(image, /image = "(.+)"/.exec(read("scripts/deploy/valkey.toml"))?.[1]);
	assert.match(read("compose.yaml"), /"--save", "", "--appendonly", "no"/);
});
