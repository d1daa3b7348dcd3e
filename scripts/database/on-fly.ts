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
/** as-node.sh puts what lies here in the database's place before the server starts. */
const PENDING = `${DATABASE}.restore`;
const WAKE_TIMEOUT_MS = 60_000;
const READY_TIMEOUT_MS = 120_000;
const POLL_MS = 500;

const Machines = v.array(v.object({ id: v.string(), state: v.string() }));

/** Makes a backup on the app's machine, fetches it, and removes it there. */
export async function backUpFromFly(app: string, url: string, file: string): Promise<void> {
	const target = resolve(file);
	if (existsSync(target))
		throw new Error(`${target} is there already. Name a file for the backup that is not there yet.`);
	const flyctl = await flyctlFor(app);
	await wake(url);
	const remote = `/data/backup-${Date.now()}.db`;
	console.log(`Making the backup on ${app} …`);
	try {
		await must(flyctl, app, onMachine(app, `as-node node /app/backup.mjs ${remote}`));
		console.log("Fetching it …");
		await must(flyctl, app, ["ssh", "sftp", "get", remote, target, "-a", app]);
	} finally {
		await flyctl.ask(onMachine(app, `rm -f ${remote}`));
	}
}

/** Sends a backup to the app's machine and restarts it; the machine takes it in before its server starts. */
export async function restoreOnFly(app: string, url: string, file: string): Promise<void> {
	checkHere(file);
	const flyctl = await flyctlFor(app);
	await wake(url);
	console.log(`Sending the backup to ${app} …`);
	// Renamed once it is whole: a transfer that broke off must not be taken for a backup.
	await must(flyctl, app, onMachine(app, `rm -f ${PENDING}.part`));
	await must(flyctl, app, ["ssh", "sftp", "put", resolve(file), `${PENDING}.part`, "-a", app]);
	await must(flyctl, app, onMachine(app, `mv ${PENDING}.part ${PENDING}`));
	console.log("Restarting it …");
	const machines = v.parse(Machines, await flyctl.json(["machine", "list", "-a", app]));
	for (const { id } of machines.filter(({ state }) => state === "started")) {
		await must(flyctl, app, ["machine", "restart", id, "--signal", "SIGTERM", "-a", app]);
	}
	await untilReady(url, READY_TIMEOUT_MS);
	const left = await flyctl.ask(onMachine(app, `find /data/ -maxdepth 1 -name 'hubbub.db.restore*'`));
	if (left.code !== 0) throw explain(left, ["ssh", "console"], app);
	if (left.stdout.includes(basename(PENDING))) {
		throw new Error(`The machine did not take the backup: \`flyctl logs -a ${app}\` has its reason.`);
	}
	console.log(`${app} is back, with what the backup had. What was there before: ${DATABASE}.replaced, on its volume.`);
}

/** A backup that can't be used is found out here, before anything is touched there. */
function checkHere(file: string): void {
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

async function must(flyctl: Flyctl, app: string, args: string[]): Promise<void> {
	const answer = await flyctl.ask(args);
	if (answer.code !== 0) throw explain(answer, args, app);
}

/** A machine that sleeps can't be reached by ssh; a request wakes it. */
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
