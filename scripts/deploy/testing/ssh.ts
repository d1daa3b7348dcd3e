import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../root.ts";
import { localAddresses } from "./machine.ts";
import type { FakeApp, FakeFlyState } from "./state.ts";

/** Replaces /data with the folder of the test, and /app/NAME.mjs with scripts/NAME.ts. */
function localCommand(state: FakeFlyState, command: string): string {
	return command
		.replaceAll("/data/", `${state.dataFolder}/`)
		.replaceAll(/(?:as-node )?node \/app\/([\w-]+)\.mjs/g, `"${process.execPath}" "${join(root, "scripts")}/$1.ts"`);
}

export function runOnMachine(state: FakeFlyState, app: FakeApp, command: string): string {
	refuseStopped(app);
	const { status, stdout, stderr } = spawnSync("sh", ["-c", localCommand(state, command)], {
		env: {
			PATH: process.env.PATH,
			NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
			DATABASE_PATH: join(state.dataFolder, "hubbub.db"),
			...localAddresses(state, Object.fromEntries(app.released.map((name) => [name, app.secrets[name] ?? ""]))),
		},
		encoding: "utf8",
	});
	if (status !== 0) throw new Error(`ssh shell: Process exited with status ${status}\n${stderr}`);
	return stdout;
}

export function getFile(state: FakeFlyState, app: FakeApp, from: string, to: string): string {
	refuseStopped(app);
	if (existsSync(to))
		throw new Error(`file ${to} is already there. \`fly ssh\` doesn't override existing files for safety.`);
	copyFileSync(localCommand(state, from), to);
	return `bytes written to ${to}`;
}

export function putFile(state: FakeFlyState, app: FakeApp, from: string, to: string): string {
	refuseStopped(app);
	const target = localCommand(state, to);
	if (existsSync(target)) throw new Error(`file ${to} already exists on VM`);
	copyFileSync(from, target);
	return `bytes uploaded to ${to}`;
}

/** Restores an uploaded backup as as-node.sh does. */
export function restoreUploaded(state: FakeFlyState): void {
	const database = join(state.dataFolder, "hubbub.db");
	if (!existsSync(`${database}.restore`)) return;
	const pending = "/data/hubbub.db.restore";
	const command = `node /app/restore.mjs ${pending} --force && rm -f ${pending} || mv ${pending} ${pending}.refused`;
	spawnSync("sh", ["-c", localCommand(state, command)], { env: { PATH: process.env.PATH, DATABASE_PATH: database } });
}

function refuseStopped(app: FakeApp): void {
	if (!app.machines.some(({ state }) => state === "started")) throw new Error("app has no started VMs.");
}
