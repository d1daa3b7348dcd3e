import type { DeployOptions } from "./arguments.ts";
import type { Machines } from "./machines.ts";
import { Stop } from "./stop.ts";

/** The state of the app before the deployment. */
export type Situation = Machines & { org: string | undefined; secrets: string[] };

/** Whether the app has or gets machines without a volume, whose data is in Postgres. */
export function isShared({ machines: wanted = 1 }: DeployOptions, { machines }: Machines): boolean {
	return wanted > 1 || machines.some(({ hasVolume }) => !hasVolume);
}

/** Returns the region of the app. A volume cannot move, so the region of the first deployment stays. */
export function regionOf({ app, region }: DeployOptions, { volumes, machines }: Machines): string | undefined {
	const home = [...volumes, ...machines][0]?.region;
	if (home !== undefined && region !== undefined && home !== region) {
		throw new Stop(
			2,
			`${app} is in ${home}, and its volume cannot move to ${region}. Leave --region out to deploy it there.`,
			"To move: `npm run backup`, deploy under another name with --region, `npm run restore`.",
		);
	}
	return home ?? region;
}

/** Throws if users would see other data after the deployment than before. Runs before anything is changed. */
export function refuseLosses(options: DeployOptions, situation: Situation): void {
	const { app, machines: wanted, volume } = options;
	const { machines, volumes, secrets } = situation;
	const withVolume = machines.filter(({ hasVolume }) => hasVolume);
	const hasDatabase = secrets.includes("DATABASE_URL");

	if (!hasDatabase && (withVolume.length > 1 || (machines.length > 1 && wanted === undefined))) {
		throw new Stop(
			2,
			`${app} has ${machines.length} machines, each with its own database: users would see different rooms.`,
			`Keep one (\`flyctl scale count 1 -a ${app}\`), or let them share Postgres and Redis: scripts/deploy/README.md`,
		);
	}
	if (!isShared(options, situation)) {
		if (hasDatabase && machines.some(({ isClosed }) => isClosed)) throw new Stop(2, ...halfMoved(app));
		return;
	}
	if ((wanted ?? 1) === 1) {
		const missing = ["DATABASE_URL", "REDIS_URL"].filter((name) => !secrets.includes(name));
		if (missing.length === 0) return;
		throw new Stop(2, `${app} has no volume, and no ${missing.join(" and no ")}. Add --machines 2 or more for them.`);
	}
	// With a DATABASE_URL and no machine, the data has been moved and the machine destroyed.
	const isOrphan = machines.length === 0 && volumes.length > 0 && !hasDatabase;
	if ((withVolume.length > 0 || isOrphan) && volume === undefined) throw new Stop(2, ...choice(app, wanted));
	if (isOrphan && volume === "move") {
		throw new Stop(
			2,
			`${app} has a volume and no machine to read it.`,
			`Deploy it to one machine first, then move its data: npm run deploy -- --app ${app}`,
		);
	}
}

function choice(app: string, wanted: number | undefined): string[] {
	const again = `npm run deploy -- --app ${app} --machines ${wanted ?? 2}`;
	return [
		`${app} stores its messages on the volume of one machine. Several machines share a Postgres, which is new and empty.`,
		"Choose what happens to the messages. Nothing has been changed.",
		"",
		`  ${again} --move-data`,
		"      closes the chat, copies its data to Postgres, compares it, and opens the chat on the new machines.",
		"      The chat is closed for some minutes. The volume is kept unchanged until you remove it.",
		`  ${again} --leave-volume`,
		"      opens the chat with the data in Postgres. The volume is kept unchanged until you remove it.",
		"",
		`To make a backup first: npm run backup -- --app ${app} chat.db`,
	];
}

function halfMoved(app: string): string[] {
	return [
		`${app} is closed, because its data is being moved to Postgres.`,
		`To continue: npm run deploy -- --app ${app} --machines 2 --move-data`,
		`To go back:  flyctl secrets unset DATABASE_URL REDIS_URL --stage -a ${app}`,
		`             npm run deploy -- --app ${app}`,
	];
}
