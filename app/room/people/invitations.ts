import { INVITATION_DAYS, INVITATION_USES, MAX_INVITATIONS } from "../../protocol/limits.ts";
import type { InvitationInfo } from "../../protocol/people.ts";
import { isPrivateName } from "../../protocol/private-room.ts";
import type { Ack } from "../../protocol/refusal.ts";
import type { User } from "../../protocol/session.ts";
import type { NewAuditEntry } from "../ports/audit.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import { accept, refuse } from "../refusals.ts";
import { hashOf, randomText } from "./codes.ts";
import { type Actor, auditedActor, type People } from "./people.ts";
import { invitedRole } from "./rights.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
/** 128 bits. */
const CODE_BYTES = 16;
const ID_BYTES = 9;

type InvitationsDeps = {
	people: People;
	store: Pick<Store, "createInvitation" | "invitations" | "revokeInvitation" | "redeemInvitation" | "roleIn">;
	clock: Pick<Clock, "now">;
	/** Lets a user into a private room for one of its owners. Returns whether the user is a member then. */
	addMember: (room: string, by: User, user: User) => Promise<boolean>;
	/** Publishes to the other processes that people changed. */
	publish: () => void;
};

type InvitationRequest = { room?: string | undefined; uses?: number; days?: number };

/** Invitations to the chat. The store has a hash of each code; the code is in its link only. */
export class Invitations {
	readonly #deps: InvitationsDeps;

	constructor(deps: InvitationsDeps) {
		this.#deps = deps;
	}

	/** Creates an invitation. Returns its code, which is in no later response. */
	async create(
		by: Actor,
		{ room, uses = INVITATION_USES, days = INVITATION_DAYS }: InvitationRequest,
	): Promise<Ack<{ id: string; code: string }>> {
		const { people, store, clock } = this.#deps;
		const refusal = people.refusal(by, "invite");
		if (refusal) return refusal;
		if (room !== undefined && isPrivateName(room)) {
			const role = by === "admin" ? undefined : await store.roleIn(room, by.id);
			if (role === undefined) return refuse("not_found", "There is no room of this name.", { field: "room" });
			if (role !== "owner") return refuse("forbidden", "Only an owner of this room can do that.", { field: "room" });
		}
		const [id, code, createdAt] = [randomText(ID_BYTES), randomText(CODE_BYTES), clock.now()];
		const isCreated = await store.createInvitation(
			{
				id,
				codeHash: await hashOf(code),
				...(room !== undefined && { room }),
				uses,
				createdAt,
				expiresAt: createdAt + days * DAY_MS,
				...(by !== "admin" && { by }),
			},
			this.#audit("invite", id, by),
		);
		if (isCreated) return accept({ id, code });
		return refuse("forbidden", `There are ${MAX_INVITATIONS} invitations, which is the maximum. Revoke some first.`);
	}

	async list(by: Actor): Promise<Ack<{ invitations: InvitationInfo[] }>> {
		const { people, store, clock } = this.#deps;
		const refusal = people.refusal(by, "invite");
		if (refusal) return refusal;
		const invitations = await store.invitations(clock.now());
		// Who invites to a private room does not show it to others.
		const isShown = ({ room, by: creator }: InvitationInfo) =>
			by === "admin" || room === undefined || !isPrivateName(room) || creator?.id === by.id;
		return accept({ invitations: invitations.filter(isShown) });
	}

	async revoke(by: Actor, id: string): Promise<Ack<unknown>> {
		const { people, store, clock } = this.#deps;
		const refusal = people.refusal(by, "invite");
		if (refusal) return refusal;
		const isRevoked = await store.revokeInvitation(id, clock.now(), this.#audit("revoke_invitation", id, by));
		return isRevoked ? accept({}) : refuse("not_found", "There is no such invitation. It may have expired.");
	}

	/** Uses an invitation. Every failure is the same refusal. */
	async redeem({ id, name }: User, code: string): Promise<Ack<{ room?: string }>> {
		const { people, store, clock, addMember, publish } = this.#deps;
		const role = invitedRole(people.access);
		const redemption = { codeHash: await hashOf(code), user: { id, name }, role, at: clock.now() };
		const redeemed = await store.redeemInvitation(redemption);
		if (!redeemed) return NOT_USABLE;
		publish();
		await people.reconcile();
		const { room, by } = redeemed;
		if (room === undefined) return accept({});
		// Who created it may no longer be an owner of the room.
		if (isPrivateName(room) && !(by && (await addMember(room, by, { id, name })))) return NOT_USABLE;
		return accept({ room });
	}

	#audit(act: NewAuditEntry["act"], invitation: string, by: Actor): NewAuditEntry {
		return { act, target: { invitation }, createdAt: this.#deps.clock.now(), ...auditedActor(by) };
	}
}

const NOT_USABLE = refuse("not_found", "This invitation can't be used any more. Ask for a new one.");
