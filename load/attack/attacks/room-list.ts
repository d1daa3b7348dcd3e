import { withoutServices } from "../../chaos/faults/without-services.ts";
import { attackersAddress } from "../tools/addresses.ts";
import { HttpCaller } from "../tools/http-caller.ts";
import type { Attack } from "./attack.ts";

const ROOMS = 100_000;
const QUICK_ROOMS = 10_000;
const AT_ONCE = 32;

export const roomList: Attack = {
	id: "room-list",
	title:
		"requests for the list of 100,000 rooms (10,000 with --quick) on PostgreSQL, by ten users of one address, as fast as possible",
	expected: "served within the limits; messages are stored meanwhile",
	unit: "requests",
	growthMiB: 192,
	obstacle: withoutServices,
	// As retention leaves rooms: their messages are gone, and their numbers are not.
	postgres: (quick) => `
		INSERT INTO hubbub.rooms (name, epoch, seq, floor, created_at, active_at)
		SELECT 'room ' || n, 'epoch ' || n, 1, 1, n, n FROM generate_series(1, ${quick ? QUICK_ROOMS : ROOMS}) AS n`,
	async run(attack) {
		const attackers = await attack.signIn(10);
		const caller = new HttpCaller(attack.url, attackersAddress(0), AT_ONCE);
		attack.begin();
		await attack.repeat(AT_ONCE, async (turn) => {
			const { token } = attackers[turn % attackers.length]!.session;
			const { status } = await caller.call({ path: "/api/rooms", headers: { authorization: `Bearer ${token}` } });
			attack.countStatus(status);
			if (status >= 500) attack.problem(`The list was answered ${status}.`);
		});
		caller.close();
		if (attack.counts.accepted === 0) attack.problem("No list was served.");
	},
};
