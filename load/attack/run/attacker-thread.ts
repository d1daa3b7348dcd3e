/** The thread of the attackers: what they do must not hold up the bystanders, who live in the main one. */
import { parentPort, workerData } from "node:worker_threads";
import { Random } from "../../chaos/schedule/random.ts";
import { ATTACKS } from "../attacks/all.ts";
import type { Field } from "../attacks/attack.ts";
import type { Order } from "./let-loose.ts";

const { id, seed, url, room, seconds, quick } = workerData as Order;
const endsAt = performance.now() + seconds * 1_000;
const field: Field = {
	url,
	room,
	seconds,
	quick,
	random: new Random(seed),
	get isOver() {
		return performance.now() >= endsAt;
	},
};
const attack = ATTACKS.find((one) => one.id === id)!;
parentPort!.postMessage(await attack.run(field));
// What is still under way is of no interest any more.
process.exit();
