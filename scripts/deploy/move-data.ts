import { closeMachineArgs, destroyMachineArgs, onMachineArgs } from "./commands.ts";
import { explain } from "./explain.ts";
import type { Flyctl } from "./flyctl.ts";
import type { FlyMachine } from "./machines.ts";
import { Stop } from "./stop.ts";

/**
 * Copies the database to Postgres, once: a file beside it contains the checksum of the copied database. A different
 * checksum means that the chat has been opened since, and then migrate-store refuses a Postgres that is not empty.
 */
const MOVE = [
	"sum() { cat /data/hubbub.db /data/hubbub.db-wal 2>/dev/null | sha256sum; }",
	'test "$(cat /data/hubbub.moved 2>/dev/null)" = "$(sum)" && echo "Copied earlier." && exit 0',
	"as-node node /app/migrate-store.mjs /data/hubbub.db DATABASE_URL && sum > /data/hubbub.moved",
].join("; ");

/** Stops the server on the machine. A restart of the machine does not start it. */
export async function closeChat(flyctl: Flyctl, app: string, machine: FlyMachine): Promise<void> {
	if (!machine.isClosed) await flyctl.must(closeMachineArgs(app, machine.id));
}

/** Copies the database to Postgres and compares it. Does not change the volume. */
export async function copyToPostgres(flyctl: Flyctl, app: string, machine: FlyMachine): Promise<string> {
	// Updates the machine again, because an update applies the staged address of Postgres.
	await flyctl.must(closeMachineArgs(app, machine.id));
	const args = onMachineArgs(app, MOVE);
	const answer = await flyctl.ask(args);
	if (answer.code === 0) return answer.stdout.trim().split("\n").at(-1) ?? "";
	throw reasonFor(explain(answer, ["ssh", "console"], app), app);
}

/** Destroys the machines with a volume, because a machine cannot lose its volume. The volumes stay, detached. */
export async function destroyMachinesWithVolume(flyctl: Flyctl, app: string, machines: FlyMachine[]): Promise<void> {
	for (const { id, hasVolume } of machines) if (hasVolume) await flyctl.must(destroyMachineArgs(app, id));
}

function reasonFor({ exitCode, message }: Stop, app: string): Stop {
	const advice = /already contains rooms/.test(message)
		? `Postgres is not empty. To continue with its data, run the same command with --leave-volume.`
		: /Cannot find module/.test(message)
			? `The build on the machine is too old to move its data. Go back, which updates it, and try again.`
			: "Run the same command again to continue.";
	return new Stop(
		exitCode,
		message,
		"",
		advice,
		"The chat is closed until then. Its data is intact on the volume. To go back instead:",
		`  flyctl secrets unset DATABASE_URL REDIS_URL --stage -a ${app}`,
		`  npm run deploy -- --app ${app}`,
	);
}
