import { type ReadonlySignal, signal } from "@preact/signals";
import type { Access, CreatedInvitation, InvitationInfo } from "../../app/protocol/people.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import type { ApiClient } from "./api-client.ts";

/** The invitations of the chat or of a room, for owners and moderators, and for owners who may come in. */
export type InvitationList = {
	/** Newest first. */
	readonly invitations: ReadonlySignal<readonly InvitationInfo[]>;
	/** The one that was created last, with its link. */
	readonly created: ReadonlySignal<CreatedInvitation | undefined>;
	readonly access: ReadonlySignal<Access>;
	/** The sentence of the last refusal. */
	readonly problem: ReadonlySignal<string>;
	load(): Promise<void>;
	create(): Promise<void>;
	revoke(id: string): Promise<void>;
	setAccess(access: Access): Promise<void>;
};

/** `room`: the room to which the invitations lead. */
export function createInvitationList(api: ApiClient, known: Access, room?: string): InvitationList {
	const invitations = signal<readonly InvitationInfo[]>([]);
	const created = signal<CreatedInvitation | undefined>();
	const access = signal(known);
	const problem = signal("");

	/** Returns the data, or shows why there is none. */
	function dataOf<T>(ack: Ack<T>): T | undefined {
		problem.value = ack.ok ? "" : ack.error.message;
		return ack.ok ? ack.data : undefined;
	}
	async function load(): Promise<void> {
		const data = dataOf(await api<{ invitations: InvitationInfo[] }>("GET", "/api/invitations"));
		if (data) invitations.value = data.invitations.filter((invitation) => !room || invitation.room === room);
	}
	return {
		invitations,
		created,
		access,
		problem,
		load,
		async create() {
			const data = dataOf(await api<CreatedInvitation>("POST", "/api/invitations", { ...(room && { room }) }));
			if (!data) return;
			created.value = data;
			await load();
		},
		async revoke(id) {
			if (!dataOf(await api("DELETE", `/api/invitations/${id}`))) return;
			if (created.value?.id === id) created.value = undefined;
			await load();
		},
		async setAccess(chosen) {
			const data = dataOf(await api<{ access: Access }>("PUT", "/api/access", { access: chosen }));
			if (data) access.value = data.access;
		},
	};
}
