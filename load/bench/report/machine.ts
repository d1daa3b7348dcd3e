import { cpus, release } from "node:os";
import { CAN_PIN } from "../measure/pinning.ts";

/** Where the figures come from. */
export type Machine = { cpu: string; kernel: string; node: string; pinned: boolean };

export function thisMachine(): Machine {
	const all = cpus();
	const model = all[0]?.model.trim() || "unknown CPU";
	return { cpu: `${all.length} × ${model}`, kernel: release(), node: process.versions.node, pinned: CAN_PIN };
}
