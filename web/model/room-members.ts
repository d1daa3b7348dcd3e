import { type ReadonlySignal, signal } from "@preact/signals";
import type { MemberRole, RoomMember } from "../../app/protocol/private-room.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import type { ChatModel } from "./chat-model.ts";
import type { Room } from "./room.ts";

/** The members of a private or direct room. */
export type RoomMembers = {
	/** Undefined until they are loaded. */
	readonly members: ReadonlySignal<readonly RoomMember[] | undefined>;
	/** The sentence of the last refusal. */
	readonly problem: ReadonlySignal<string>;
	load(): Promise<void>;
	/** Lets a user in, or changes their role. Resolves with whether that was done. */
	add(userId: string, role?: MemberRole): Promise<boolean>;
	remove(userId: string): Promise<boolean>;
};

export function createRoomMembers({ request }: Pick<ChatModel, "request">, { name: room }: Room): RoomMembers {
	const members = signal<readonly RoomMember[] | undefined>();
	const problem = signal("");

	/** Returns the data, or shows why there is none. */
	function dataOf<T>(ack: Ack<T>): T | undefined {
		problem.value = ack.ok ? "" : ack.error.message;
		return ack.ok ? ack.data : undefined;
	}
	async function load(): Promise<void> {
		const data = dataOf(await request("room:members", { room }));
		if (data) members.value = data.members;
	}
	async function done(ack: Ack<unknown>): Promise<boolean> {
		if (dataOf(ack) === undefined) return false;
		await load();
		return true;
	}
	return {
		members,
		problem,
		load,
		add: async (user, role) => done(await request("member:add", { room, user, ...(role && { role }) })),
		remove: async (user) => done(await request("member:remove", { room, user })),
	};
}
