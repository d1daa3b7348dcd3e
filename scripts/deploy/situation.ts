import type { DeployOptions } from "./arguments.ts";
import type { Machines } from "./machines.ts";
import { Stop } from "./stop.ts";

/** What the app is at the beginning; all empty where it is new. */
export type Situation = Machines & { org: string | undefined; secrets: string[] };

/** Several machines, or one of those that are left of several: their data is in Postgres, none has a volume. */
export function isShared({ machines: wanted = 1 }: DeployOptions, { machines }: Machines): boolean {
	return wanted > 1 || machines.some(({ hasVolume }) => !hasVolume);
}

/** Where the app lives. Its volume can't move, so later deployments stay in the region of the first. */
export function regionOf({ app, region }: DeployOptions, { volumes, machines }: Machines): string | undefined {
	const home = [...volumes, ...machines][0]?.region;
	if (home !== undefined && region !== undefined && home !== region) {
		throw new Stop(
			2,
			`${app} lives in ${home}, and its volume can't move to ${region}. Leave --region out to deploy it there.`,
			"To move: `npm run backup`, deploy under another name with --region, `npm run restore`.",
		);
	}
	return home ?? region;
}

/** Refuses what would show people another chat than the one they had; nothing has been changed by then. */
export function refuseLosses(options: DeployOptions, situation: Situation): void {
	const { app, machines: wanted, volume } = options;
	const { machines, volumes, secrets } = situation;
	const withVolume = machines.filter(({ hasVolume }) => hasVolume);
	const hasDatabase = secrets.includes("DATABASE_URL");

	if (!hasDatabase && (withVolume.length > 1 || (machines.length > 1 && wanted === undefined))) {
		throw new Stop(
			2,
			`${app} has ${machines.length} machines, each with its own database: people would see different rooms.`,
			`Keep one (\`flyctl scaleArgs count 1 -a ${app}\`), or give all of them Postgres and Redis: scripts/deploy/README.md`,
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
	// Without a machine and with an address, the machine has made way after its data had been moved.
	const isOrphan = machines.length === 0 && volumes.length > 0 && !hasDatabase;
	if ((withVolume.length > 0 || isOrphan) && volume === undefined) throw new Stop(2, ...choice(app, wanted));
	if (isOrphan && volume === "move") {
		throw new Stop(
			2,
			`${app} has a volume and no machine that could read it.`,
			`Put it on one machine first, then move its data: npm run deploy -- --app ${app}`,
		);
	}
}

function choice(app: string, wanted: number | undefined): string[] {
	const again = `npm run deploy -- --app ${app} --machines ${wanted ?? 2}`;
	return [
		`${app} keeps what was said on the volume of one machine. Several machines share a Postgres, which is new and empty.`,
		"Say what is to become of it; nothing has been changed.",
		"",
		`  ${again} --move-data`,
		"      closes the chat, copies everything to Postgres and compares it, then opens the chat on the new machines.",
		"      Nobody can write meanwhile: some minutes. The volume stays, as it was, until you remove it.",
		`  ${again} --leave-volume`,
		"      opens the chat on what Postgres has. The volume stays, as it was, until you remove it.",
		"",
		`A copy to keep in any case: npm run backup -- --app ${app} chat.db`,
	];
}

function halfMoved(app: string): string[] {
	return [
		`${app} is closed, because its data is being moved to Postgres.`,
		`To go on:    npm run deploy -- --app ${app} --machines 2 --move-data`,
		`To go back:  flyctl secrets unset DATABASE_URL REDIS_URL --stage -a ${app}`,
		`             npm run deploy -- --app ${app}`,
	];
}
