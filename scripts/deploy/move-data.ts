import { closeMachineArgs, destroyMachineArgs, onMachineArgs } from "./commands.ts";
import { explain } from "./explain.ts";
import type { Flyctl } from "./flyctl.ts";
import type { FlyMachine } from "./machines.ts";
import { Stop } from "./stop.ts";

/**
 * Copies the database to Postgres, once: a file beside it has the checksum of what was copied. The database is closed, so
 * another checksum means that the chat was opened again since, and then migrate-store has to find Postgres empty.
 */
const MOVE = [
	"sum() { cat /data/hubbub.db /data/hubbub.db-wal 2>/dev/null | sha256sum; }",
	'test "$(cat /data/hubbub.moved 2>/dev/null)" = "$(sum)" && echo "It was copied before." && exit 0',
	'as-node node /app/migrate-store.mjs /data/hubbub.db "$DATABASE_URL" && sum > /data/hubbub.moved',
].join("; ");

/** From here on nobody can write, and a machine that starts again does not start the chat. */
export async function closeChat(flyctl: Flyctl, app: string, machine: FlyMachine): Promise<void> {
	if (!machine.isClosed) await flyctl.must(closeMachineArgs(app, machine.id));
}

/** Copies and compares; the volume stays as it is. */
export async function copyToPostgres(flyctl: Flyctl, app: string, machine: FlyMachine): Promise<string> {
	// Once more, for the address of Postgres: a machine gets the secrets that are staged when it is updated.
	await flyctl.must(closeMachineArgs(app, machine.id));
	const args = onMachineArgs(app, MOVE);
	const answer = await flyctl.ask(args);
	if (answer.code === 0) return answer.stdout.trim().split("\n").at(-1) ?? "";
	throw reasonFor(explain(answer, ["ssh", "console"], app), app);
}

/** A machine can't lose its volume: it makes way for those without one. The volume stays, detached. */
export async function makeWay(flyctl: Flyctl, app: string, machines: FlyMachine[]): Promise<void> {
	for (const { id, hasVolume } of machines) if (hasVolume) await flyctl.must(destroyMachineArgs(app, id));
}

function reasonFor({ exitCode, message }: Stop, app: string): Stop {
	const advice = /There are rooms in/.test(message)
		? `Postgres is not empty. If what it has is the chat to go on with: the same command with --leave-volume.`
		: /Cannot find module/.test(message)
			? `The machine's build is too old to move its data. Go back, which brings it up to date, and then try again.`
			: "Run the same command again: it goes on where it was.";
	return new Stop(
		exitCode,
		message,
		"",
		advice,
		"The chat stays closed until then, and its data is whole, on its volume. To go back instead:",
		`  flyctl secrets unset DATABASE_URL REDIS_URL --stage -a ${app}`,
		`  npm run deploy -- --app ${app}`,
	);
}
