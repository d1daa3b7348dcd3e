import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { BanInfo } from "../../app/protocol/moderation.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import type { ApiClient } from "./api-client.ts";
import { liftBan, setRoomClosed } from "./moderation.ts";

/** The bans and the closed rooms of the chat, for owners and moderators. */
export type BanList = {
	/** The newest of the active bans; undefined until they are loaded. */
	readonly bans: ReadonlySignal<readonly BanInfo[] | undefined>;
	/** Whether there are more bans. */
	readonly more: ReadonlySignal<boolean>;
	readonly closedRooms: ReadonlySignal<readonly string[]>;
	/** The sentence of the last refusal. */
	readonly problem: ReadonlySignal<string>;
	load(): Promise<void>;
	/** Bans an address for a day. Returns whether it is banned. */
	banAddress(address: string): Promise<boolean>;
	lift(ban: BanInfo): Promise<void>;
	reopen(room: string): Promise<void>;
};

const ADDRESS_BAN_MINUTES = 1_440;

export function createBanList(api: ApiClient): BanList {
	const bans = signal<readonly BanInfo[] | undefined>();
	const more = signal(false);
	const closedRooms = signal<readonly string[]>([]);
	const problem = signal("");

	async function load(): Promise<void> {
		const [listed, closed] = await Promise.all([
			api<{ bans: BanInfo[]; more: boolean }>("GET", "/api/bans"),
			api<{ rooms: string[] }>("GET", "/api/closed-rooms"),
		]);
		batch(() => {
			if (listed.ok) [bans.value, more.value] = [listed.data.bans, listed.data.more];
			if (closed.ok) closedRooms.value = closed.data.rooms;
			const failed = listed.ok ? closed : listed;
			problem.value = failed.ok ? "" : failed.error.message;
		});
	}
	/** Changes something, and loads what there is then. Returns whether it was changed. */
	async function change(request: Promise<Ack<unknown>>): Promise<boolean> {
		const ack = await request;
		if (ack.ok) await load();
		else problem.value = ack.error.message;
		return ack.ok;
	}
	return {
		bans,
		more,
		closedRooms,
		problem,
		load,
		banAddress: (address) => change(api("POST", "/api/bans", { address, minutes: ADDRESS_BAN_MINUTES })),
		lift: async (ban) => void (await change(liftBan(api, ban))),
		reopen: async (room) => void (await change(setRoomClosed(api, room, false))),
	};
}
