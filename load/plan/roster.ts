import { type Plan, roomName } from "./plan.ts";
import { variedSizes } from "./room-sizes.ts";

/** One virtual user. */
export type Row = {
	/** From 0. */
	user: number;
	room: string;
	/** The user's place among the speakers of the room, from 0; -1 for one who only reads. */
	place: number;
	/** Number of speakers in the room. */
	speakers: number;
	/** Index of the target to which the user connects. */
	server: number;
	/** The loopback address from which the user connects, where the target is on loopback as well. */
	address: string;
};

/**
 * Assigns the users to rooms and targets. Thread t of the generator plays the rows t, t + threads, t + 2 × threads …;
 * with enough rooms, all members of a room are in one thread. The members of each room go to the targets in turn, so
 * that every room spans all of them.
 */
export function roster(plan: Pick<Plan, "run" | "rooms" | "workers" | "settings" | "targets">): Row[] {
	const { run, rooms, workers, settings, targets } = plan;
	const { users, sizes } = settings;
	const roomIndexes = sizes === "varied" ? inVariedRooms(users, rooms, workers) : inEqualRooms(users, rooms, workers);
	const members = new Map<number, number>();
	for (const room of roomIndexes) members.set(room, (members.get(room) ?? 0) + 1);

	const seatsTaken = new Map<number, number>();
	return roomIndexes.map((room, user) => {
		const speakers = Math.min(settings.speakers || Infinity, members.get(room)!);
		const seat = seatsTaken.get(room) ?? 0;
		seatsTaken.set(room, seat + 1);
		return {
			user,
			room: roomName(run, room),
			place: seat < speakers ? seat : -1,
			speakers,
			// Shifted by the room, so that the first speakers are spread over the targets too.
			server: (room + seat) % targets.length,
			address: loopbackAddress(run, user),
		};
	});
}

/** Returns the index of each user's room, where all rooms have the same size. */
function inEqualRooms(users: number, rooms: number, workers: number): number[] {
	return Array.from({ length: users }, (_, user) => {
		if (rooms < workers) return user % rooms;
		const worker = user % workers;
		const roomsOfWorker = Math.ceil((rooms - worker) / workers);
		return worker + workers * (Math.floor(user / workers) % roomsOfWorker);
	});
}

/** As {@link inEqualRooms}: the largest room first, in the thread with the most free rows. One that has too few is shared. */
function inVariedRooms(users: number, rooms: number, workers: number): number[] {
	const free = Array.from({ length: workers }, (_, worker) => Math.ceil((users - worker) / workers));
	const seats: number[][] = free.map(() => []);
	for (const [room, size] of variedSizes(users, rooms).entries()) {
		for (let left = size; left > 0; ) {
			const worker = free.indexOf(Math.max(...free));
			const taken = Math.min(left, free[worker]!);
			for (let seat = 0; seat < taken; seat++) seats[worker]!.push(room);
			free[worker]! -= taken;
			left -= taken;
		}
	}
	return Array.from({ length: users }, (_, user) => seats[user % workers]![Math.floor(user / workers)]!);
}

/** Each run has a block of 127.0.0.0/8, so that it does not meet the closed ports of the run before. */
function loopbackAddress(run: string, user: number): string {
	const block = [...run].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 250, 0);
	return `127.1.${block}.${1 + (user % 250)}`;
}
