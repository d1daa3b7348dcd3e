import { MAX_DIRECT_PEOPLE, MAX_PRIVATE_ROOMS, MAX_ROOM_MEMBERS } from "../protocol/limits.ts";
import type { SendData } from "../protocol/message.ts";
import {
	type DirectOpenPayload,
	isPrivateName,
	type MemberAddPayload,
	type MemberRemovePayload,
	type RoomMembersData,
	type RoomNameData,
	type RoomSettings,
} from "../protocol/private-room.ts";
import type { Ack } from "../protocol/refusal.ts";
import type { User } from "../protocol/session.ts";
import { type BannedWords, wordRefusal } from "./banned-words.ts";
import type { Limits } from "./limits.ts";
import type { MemberAppends } from "./member-appends.ts";
import type { Members } from "./members.ts";
import type { NewMembers } from "./new-members.ts";
import { newPrivateName } from "./new-private-name.ts";
import type { Connection } from "./ports/broadcast.ts";
import type { Clock } from "./ports/clock.ts";
import type { Append } from "./ports/log.ts";
import type { NewPrivateRoom, OwnRoom } from "./ports/private-rooms.ts";
import type { Store } from "./ports/store.ts";
import { RateLimiter } from "./rate-limiter.ts";
import { accept, notInRoom, type Refused, refuse, tooFast } from "./refusals.ts";

type PrivateRoomsDeps = {
	store: Pick<Store, "createPrivateRoom" | "privateRoomsOf" | "roleIn" | "membersOf">;
	appends: Pick<MemberAppends, "append">;
	members: Pick<Members, "roomOf">;
	newMembers: Pick<NewMembers, "inform">;
	/** The rate of edits, removals and pins, which changes of rooms share. */
	editRate: RateLimiter;
	clock: Clock;
	limits: Pick<Limits, "newRooms">;
	hasBannedWord: BannedWords;
	/** Returns the name of a user, if it is known. */
	nameOf: (userId: string) => Promise<string | undefined>;
};

const FULL = refuse(
	"forbidden",
	`You are in ${MAX_PRIVATE_ROOMS} private rooms, which is the maximum. Leave one first.`,
);
const FULL_DIRECT = refuse(
	"forbidden",
	`One of you is in ${MAX_PRIVATE_ROOMS} private rooms and conversations, which is the maximum.`,
);

type NewRoom = { clientId: string; title: string; history: boolean };
type Changed<Payload> = { [Field in keyof Payload]: Payload[Field] | undefined };
type MemberAppend = Append & { kind: "member" | "room" };

/** Private rooms (rule R5): their creation, settings and members. The store decides whether a user may make a change. */
export class PrivateRooms {
	readonly #deps: PrivateRoomsDeps;
	readonly #rate: RateLimiter;

	constructor(deps: PrivateRoomsDeps) {
		this.#deps = deps;
		this.#rate = new RateLimiter(deps.limits.newRooms, deps.clock);
	}

	/** Creates a room with the connection's user as its owner. A repeated `clientId` returns the first room. */
	async create({ user }: Connection, { clientId, title, history }: NewRoom): Promise<Ack<RoomNameData>> {
		const { clock, hasBannedWord } = this.#deps;
		const refusal =
			tooFast(this.#rate.take(user.id), "You are creating rooms too fast. Try again in a moment.") ??
			wordRefusal(hasBannedWord, "The title", title, "title");
		if (refusal) return refusal;
		const room = { kind: "private", room: newPrivateName(), createdAt: clock.now(), by: user } as const;
		return this.#create({ ...room, clientId, title, history }, FULL);
	}

	/** Returns the direct room of these people and the connection's user, who have one. */
	async openDirect({ user }: Connection, { users }: DirectOpenPayload): Promise<Ack<RoomNameData>> {
		const { store, editRate, clock, nameOf } = this.#deps;
		const ids = new Set([user.id, ...users]);
		if (ids.size < 2 || ids.size > MAX_DIRECT_PEOPLE)
			return refuse("bad_request", `A direct room has 2 to ${MAX_DIRECT_PEOPLE} people.`, { field: "users" });
		const isTooFast = tooFast(editRate.take(user.id));
		if (isTooFast) return isTooFast;
		const isOfThese = ({ people }: OwnRoom) => people?.length === ids.size && people.every(({ id }) => ids.has(id));
		const known = (await store.privateRoomsOf(user.id)).find(isOfThese);
		if (known) return accept({ room: known.room });
		const people: User[] = [];
		for (const id of ids) {
			const name = id === user.id ? user.name : await nameOf(id);
			if (name === undefined) return refuse("not_found", "There is no such person here.", { field: "users" });
			people.push({ id, name });
		}
		const refusal = tooFast(this.#rate.take(user.id), "You are opening conversations too fast. Try again in a moment.");
		if (refusal) return refusal;
		const room = { kind: "direct", room: newPrivateName(), createdAt: clock.now(), by: user, people } as const;
		return this.#create(room, FULL_DIRECT);
	}

	/** Changes the settings of a room, for one of its owners. */
	async update(
		connection: Connection,
		{ room, title, topic, history }: { room: string } & Changed<Partial<RoomSettings>>,
	): Promise<Ack<SendData>> {
		const { hasBannedWord } = this.#deps;
		const refusal =
			this.#refusal(connection, room) ??
			wordRefusal(hasBannedWord, "The title", title ?? "", "title") ??
			wordRefusal(hasBannedWord, "The topic", topic ?? "", "topic");
		if (refusal) return refusal;
		const settings = {
			...(title !== undefined && { title }),
			...(topic !== undefined && { topic }),
			...(history !== undefined && { history }),
		};
		return this.#append({ kind: "room", room, by: connection.user, settings, createdAt: this.#deps.clock.now() });
	}

	/** Returns the members of a room to one of them. */
	async members(connection: Connection, room: string): Promise<Ack<RoomMembersData>> {
		const refusal = this.#refusal(connection, room);
		if (refusal) return refusal;
		const members = await this.#deps.store.membersOf(room);
		return members.some(({ user }) => user.id === connection.user.id) ? accept({ members }) : notInRoom();
	}

	/** Lets a user in, or changes their role, for an owner. Without a role a member keeps theirs. */
	async addMember(
		connection: Connection,
		{ room, user: id, role }: Changed<MemberAddPayload> & { room: string; user: string },
	): Promise<Ack<SendData>> {
		const refusal = this.#refusal(connection, room);
		if (refusal) return refusal;
		const { store, clock, newMembers, nameOf } = this.#deps;
		const name = await nameOf(id);
		if (name === undefined) return refuse("not_found", "There is no such person here.", { field: "user" });
		const known = await store.roleIn(room, id);
		const user: User = { id, name };
		const given = role ?? known ?? "member";
		const member = { kind: "member", room, by: connection.user, user, role: given, createdAt: clock.now() } as const;
		const ack = await this.#append(member);
		if (ack.ok && known === undefined) newMembers.inform(room, [id]);
		return ack;
	}

	/** Lets a user in who has an invitation of an owner. Returns whether they are a member then. */
	async addInvited(room: string, by: User, user: User): Promise<boolean> {
		const { store, clock, newMembers } = this.#deps;
		if ((await store.roleIn(room, user.id)) !== undefined) return true;
		const ack = await this.#append({ kind: "member", room, by, user, role: "member", createdAt: clock.now() });
		if (ack.ok) newMembers.inform(room, [user.id]);
		return ack.ok;
	}

	/** Removes a member, for an owner, or the connection's user. */
	async removeMember(connection: Connection, { room, user: id }: MemberRemovePayload): Promise<Ack<SendData>> {
		const refusal = this.#refusal(connection, room);
		if (refusal) return refusal;
		const user: User = { id, name: (await this.#deps.nameOf(id)) ?? id };
		return this.#append({ kind: "member", room, by: connection.user, user, createdAt: this.#deps.clock.now() });
	}

	/** Returns why a request about a room's members is refused at once. A room that is open to everybody has none. */
	#refusal(connection: Connection, room: string): Refused | undefined {
		const { members, editRate } = this.#deps;
		if (isPrivateName(room)) return tooFast(editRate.take(connection.user.id));
		if (!members.roomOf(connection, room)) return notInRoom();
		return refuse("forbidden", "This room is open to everybody: it has no members or settings.", { field: "room" });
	}

	async #create(room: NewPrivateRoom, full: Refused): Promise<Ack<RoomNameData>> {
		const { store, newMembers } = this.#deps;
		const created = await store.createPrivateRoom(room);
		if (created.outcome === "full") return full;
		const people = room.kind === "direct" ? room.people : [room.by];
		if (created.outcome === "created")
			newMembers.inform(
				created.room,
				people.map(({ id }) => id),
			);
		return accept({ room: created.room });
	}

	#append(append: MemberAppend): Promise<Ack<SendData>> {
		return new Promise((resolve) => this.#deps.appends.append(append, resolve, REFUSALS));
	}
}

const REFUSALS = {
	missing: refuse("not_found", "This person is not a member of the room.", { field: "user" }),
	last: refuse("forbidden", "A room needs an owner. Make somebody else an owner first.", { field: "user" }),
	full: refuse(
		"forbidden",
		`A room has at most ${MAX_ROOM_MEMBERS} members, and a person is in at most ${MAX_PRIVATE_ROOMS} private rooms.`,
		{ field: "user" },
	),
	forbidden: refuse("forbidden", "Only an owner of this room can do that.", { field: "room" }),
};
