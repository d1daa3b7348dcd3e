import * as v from "valibot";
import { CLOSED_COMMAND } from "./commands.ts";
import type { Flyctl } from "./flyctl.ts";

const Machines = v.array(
	v.object({
		id: v.string(),
		region: v.string(),
		state: v.optional(v.string()),
		config: v.nullish(
			v.object({
				mounts: v.nullish(v.array(v.unknown())),
				init: v.nullish(v.object({ cmd: v.nullish(v.array(v.string())) })),
			}),
		),
	}),
);
const Volumes = v.array(
	v.object({
		id: v.string(),
		region: v.string(),
		state: v.optional(v.string()),
		attachedmachineid: v.nullish(v.string()),
	}),
);

export type FlyMachine = {
	id: string;
	region: string;
	/** Its database is on a volume, which it does not share. */
	hasVolume: boolean;
	/** The server was stopped to move its data. */
	isClosed: boolean;
};
export type Machines = { machines: FlyMachine[]; volumes: { id: string; region: string }[] };

/** Returns the machines and volumes of the app, without those being destroyed. */
export async function findMachines(flyctl: Flyctl, app: string): Promise<Machines> {
	const machines = v.parse(Machines, await flyctl.json(["machine", "list", "-a", app])).filter(isKept);
	const volumes = v.parse(Volumes, await flyctl.json(["volumes", "list", "-a", app])).filter(isKept);
	const withVolume = new Set(volumes.map((volume) => volume.attachedmachineid));
	return {
		machines: machines.map(({ id, region, config }) => ({
			id,
			region,
			hasVolume: (config?.mounts ?? []).length > 0 || withVolume.has(id),
			isClosed: config?.init?.cmd?.join(" ") === CLOSED_COMMAND,
		})),
		volumes: volumes.map(({ id, region }) => ({ id, region })),
	};
}

function isKept({ state }: { state?: string | undefined }): boolean {
	return !/destroy/.test(state ?? "");
}
