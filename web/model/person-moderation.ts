import { type ReadonlySignal, signal } from "@preact/signals";
import type { BanInfo } from "../../app/protocol/moderation.ts";
import type { PersonInfo, Role } from "../../app/protocol/people.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import type { User } from "../../app/protocol/session.ts";
import type { ApiClient } from "./api-client.ts";
import { liftBan } from "./moderation.ts";

export type BanRequest = {
	/** The room that the user is banned from; without it, the whole chat. */
	room?: string | undefined;
	/** Without them the ban is permanent. */
	minutes?: number | undefined;
	/** Whether the user's addresses are banned too. */
	addresses?: boolean;
	reason?: string;
};

/** What a moderator sees of a person, and can do. */
export type PersonModeration = {
	/** Undefined until it is loaded. */
	readonly role: ReadonlySignal<Role | undefined>;
	/** The person's active bans, newest first. */
	readonly bans: ReadonlySignal<readonly BanInfo[]>;
	/** The sentence of the last refusal. */
	readonly problem: ReadonlySignal<string>;
	load(): Promise<void>;
	setRole(role: Role): Promise<void>;
	/** Returns whether the person is banned. */
	ban(request: BanRequest): Promise<boolean>;
	lift(ban: BanInfo): Promise<void>;
};

export function createPersonModeration(api: ApiClient, { id, name }: User): PersonModeration {
	const role = signal<Role | undefined>();
	const bans = signal<readonly BanInfo[]>([]);
	const problem = signal("");
	const query = new URLSearchParams({ user: id });

	/** Returns the data, or shows why there is none. */
	function dataOf<T>(ack: Ack<T>): T | undefined {
		problem.value = ack.ok ? "" : ack.error.message;
		return ack.ok ? ack.data : undefined;
	}
	async function loadBans(): Promise<void> {
		const data = dataOf(await api<{ bans: BanInfo[] }>("GET", `/api/bans?${query}`));
		if (data) bans.value = data.bans;
	}
	return {
		role,
		bans,
		problem,
		async load() {
			const data = dataOf(await api<{ people: PersonInfo[] }>("GET", `/api/people?${query}`));
			if (!data) return;
			role.value = data.people[0]?.role ?? "guest";
			await loadBans();
		},
		async setRole(chosen) {
			const data = dataOf(await api<PersonInfo>("PUT", `/api/people/${id}`, { role: chosen, name }));
			if (data) role.value = data.role;
		},
		async ban({ room, minutes, addresses = false, reason = "" }) {
			const data = dataOf(
				await api("POST", "/api/bans", {
					user: id,
					...(room !== undefined && { room }),
					...(minutes !== undefined && { minutes }),
					...(addresses && { addresses }),
					...(reason !== "" && { reason }),
				}),
			);
			if (data !== undefined) await loadBans();
			return data !== undefined;
		},
		async lift(ban) {
			if (dataOf(await liftBan(api, ban)) !== undefined) await loadBans();
		},
	};
}
