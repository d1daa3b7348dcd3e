import { type Plan, roomName } from "./plan.ts";

/** One virtual user. */
export type Row = {
	/** From 0. */
	user: number;
	room: string;
	/** The user's place among the speakers of the room, from 0; -1 for one who only reads. */
	place: number;
	/** How many speak in this room. */
	speakers: number;
	/** The loopback address from which the user comes, where the target is on loopback as well. */
	address: string;
};

/**
 * Who is in which room. Thread t of the generator plays the rows t, t + threads, t + 2 x threads …; where there are
 * rooms enough, all of a room's members sit in one thread.
 */
export function roster({ run, rooms, workers, settings }: Pick<Plan, "run" | "rooms" | "workers" | "settings">): Row[] {
	const roomIndexes = Array.from({ length: settings.users }, (_, user) => {
		if (rooms < workers) return user % rooms;
		const worker = user % workers;
		const roomsOfWorker = Math.ceil((rooms - worker) / workers);
		return worker + workers * (Math.floor(user / workers) % roomsOfWorker);
	});
	const members = new Map<number, number>();
	for (const room of roomIndexes) members.set(room, (members.get(room) ?? 0) + 1);

	const placesTaken = new Map<number, number>();
	return roomIndexes.map((room, user) => {
		const speakers = Math.min(settings.speakers || Infinity, members.get(room)!);
		const taken = placesTaken.get(room) ?? 0;
		placesTaken.set(room, taken + 1);
		return {
			user,
			room: roomName(run, room),
			place: taken < speakers ? taken : -1,
			speakers,
			address: loopbackAddress(run, user),
		};
	});
}

/** Another block of 127.0.0.0/8 for each run, so that a run does not trip over the ports of the one before. */
function loopbackAddress(run: string, user: number): string {
	const block = [...run].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 250, 0);
	return `127.1.${block}.${1 + (user % 250)}`;
}
