import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import * as v from "valibot";
import { checkBackup } from "../../app/store/sqlite/restore.ts";
import { explain } from "../deploy/explain.ts";
import { type Flyctl, findFlyctl, flyctlAt } from "../deploy/flyctl.ts";
import { causeOf } from "../smoke/cause.ts";

/** DATABASE_PATH in fly.toml. */
const DATABASE = "/data/hubbub.db";
/** as-node.sh restores this file before the server starts. */
const PENDING = `${DATABASE}.restore`;
const WAKE_TIMEOUT_MS = 60_000;
const READY_TIMEOUT_MS = 120_000;
const POLL_MS = 500;

const Machines = v.array(v.object({ id: v.string(), state: v.string() }));

/** Returns the URL of an app: the given one, or the app's address on Fly.io. */
export function flyUrl(app: string, url: string | undefined): string {
	return url ?? `https://${app}.fly.dev`;
}

/** Makes a backup on the app's machine, downloads it, and deletes it there. */
export async function backUpFromFly(app: string, url: string, file: string): Promise<void> {
	const target = resolve(file);
	if (existsSync(target)) throw new Error(`${target} already exists. Give another file name.`);
	const flyctl = await flyctlFor(app);
	await wake(url);
	const remote = `/data/backup-${Date.now()}.db`;
	console.log(`Making the backup on ${app} …`);
	try {
		await flyctl.must(onMachine(app, `as-node node /app/backup.mjs ${remote} --without-files`));
		console.log("Downloading it …");
		await flyctl.must(["ssh", "sftp", "get", remote, target, "-a", app]);
	} finally {
		await flyctl.ask(onMachine(app, `rm -f ${remote}`));
	}
}

/** Uploads a backup to the app's machine and restarts it. The machine restores the backup before its server starts. */
export async function restoreOnFly(app: string, url: string, file: string): Promise<void> {
	checkLocally(file);
	const flyctl = await flyctlFor(app);
	await wake(url);
	console.log(`Uploading the backup to ${app} …`);
	// Renamed when complete, so that an interrupted upload is never restored.
	await flyctl.must(onMachine(app, `rm -f ${PENDING}.part`));
	await flyctl.must(["ssh", "sftp", "put", resolve(file), `${PENDING}.part`, "-a", app]);
	await flyctl.must(onMachine(app, `mv ${PENDING}.part ${PENDING}`));
	console.log("Restarting it …");
	const machines = v.parse(Machines, await flyctl.json(["machine", "list", "-a", app]));
	for (const { id } of machines.filter(({ state }) => state === "started")) {
		await flyctl.must(["machine", "restart", id, "--signal", "SIGTERM", "-a", app]);
	}
	await untilReady(url, READY_TIMEOUT_MS);
	const left = await flyctl.must(onMachine(app, `find /data/ -maxdepth 1 -name 'hubbub.db.restore*'`));
	if (left.stdout.includes(basename(PENDING))) {
		throw new Error(`The machine rejected the backup. See the reason with: flyctl logs -a ${app}`);
	}
	console.log(`${app} is running with the backup. The replaced database is on its volume: ${DATABASE}.replaced`);
}

/** Throws if the backup is invalid, before anything on Fly.io is changed. */
function checkLocally(file: string): void {
	const folder = mkdtempSync(join(tmpdir(), "hubbub-restore-"));
	try {
		checkBackup(file, join(folder, "check.db"));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function flyctlFor(app: string): Promise<Flyctl> {
	return flyctlAt(await findFlyctl(), (answer, args) => explain(answer, args, app));
}

function onMachine(app: string, command: string): string[] {
	return ["ssh", "console", "-a", app, "-C", command];
}

/** Wakes a suspended machine with a request: ssh does not. */
function wake(url: string): Promise<void> {
	return untilReady(url, WAKE_TIMEOUT_MS);
}

async function untilReady(url: string, timeoutMs: number): Promise<void> {
	const deadline = performance.now() + timeoutMs;
	for (;;) {
		const why = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(timeoutMs) }).then(
			(response) => (response.ok ? undefined : `it answers ${response.status}`),
			(error) => causeOf(error),
		);
		if (why === undefined) return;
		if (performance.now() > deadline) throw new Error(`${url} does not answer: ${why}.`);
		await new Promise((next) => setTimeout(next, POLL_MS));
	}
}
