import type { Access, InvitationInfo } from "../protocol/people.ts";
import type { User } from "../protocol/session.ts";
import type { NewAuditEntry } from "../room/ports/audit.ts";
import type { InvitationStore, NewInvitation, Redeemed, Redemption } from "../room/ports/invitations.ts";
import type { PeopleStore, Person, RoleChange, RoleOutcome } from "../room/ports/people.ts";
import { MemoryReadMarks } from "./memory-read-marks.ts";

/** The people and invitations of a store in memory. `store/` has the real ones. */
export abstract class MemoryPeople extends MemoryReadMarks implements PeopleStore, InvitationStore {
	readonly #people = new Map<string, Person>();
	readonly #invitations = new Map<string, NewInvitation & { used: number }>();
	#access: Access | undefined;
	#rev = 0;

	/** Throws if writes fail; otherwise writes to the audit log. */
	protected abstract record(audit?: NewAuditEntry): void;

	async people(after: number) {
		const people = [...this.#people.values()].filter(({ rev }) => rev > after);
		return { people, ...(this.#access && { access: this.#access }) };
	}

	async setRole(change: RoleChange, audit?: NewAuditEntry): Promise<RoleOutcome> {
		const former = this.#people.get(change.id)?.role;
		if (former === undefined && change.role === undefined) return "missing";
		const owners = [...this.#people.values()].filter(({ role }) => role === "owner").length;
		if (former === "owner" && change.role !== "owner" && owners === 1) return "last_owner";
		this.record(audit);
		const { at: since, ...rest } = change;
		this.#people.set(change.id, { ...rest, since, rev: ++this.#rev });
		return "changed";
	}

	async claim(user: User, at: number, audit: NewAuditEntry): Promise<boolean> {
		if ([...this.#people.values()].some(({ role }) => role === "owner")) return false;
		return (await this.setRole({ ...user, role: "owner", at }, audit)) === "changed";
	}

	async setAccess(access: Access, audit: NewAuditEntry): Promise<void> {
		this.record(audit);
		this.#access = access;
	}

	async createInvitation(invitation: NewInvitation, audit: NewAuditEntry): Promise<boolean> {
		this.record(audit);
		this.#invitations.set(invitation.codeHash, { ...invitation, used: 0 });
		return true;
	}

	async invitations(): Promise<InvitationInfo[]> {
		return [...this.#invitations.values()].map(({ codeHash: _, ...rest }) => ({ ...rest, usedBy: [] }));
	}

	async revokeInvitation(id: string, _at: number, audit: NewAuditEntry): Promise<boolean> {
		const found = [...this.#invitations.values()].find((invitation) => invitation.id === id);
		if (found) this.record(audit);
		return this.#invitations.delete(found?.codeHash ?? "");
	}

	async redeemInvitation({ codeHash, user, role, at }: Redemption): Promise<Redeemed | undefined> {
		const invitation = this.#invitations.get(codeHash);
		if (!invitation || invitation.used === invitation.uses || invitation.expiresAt <= at) return undefined;
		invitation.used++;
		await this.setRole({ ...user, role, at });
		const { room, by } = invitation;
		return { ...(room !== undefined && { room }), ...(by && { by }) };
	}
}
