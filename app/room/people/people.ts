import type { Access, PersonInfo, Role, SignedInUser } from "../../protocol/people.ts";
import type { User } from "../../protocol/session.ts";
import type { Broadcast } from "../ports/broadcast.ts";
import { DISCONNECTS } from "../ports/disconnect.ts";
import type { Person } from "../ports/people.ts";
import type { Store } from "../ports/store.ts";
import { skeletonsOf } from "../presence/confusables.ts";
import type { ReconcilerSource } from "../reconciler.ts";
import { type Refused, refuse } from "../refusals.ts";
import { type Act, isAllowed, mayComeIn, onlyFor } from "./rights.ts";

/** Time within which a change of another process is found without a cluster message. */
export const INTERVAL_MS = 30_000;

/** Who acts: a user, or a program with the admin token, which may do everything. */
export type Actor = User | "admin";

/** The field `by` of an audit entry: the user's name and id. A program with the admin token has no name. */
export function auditedActor(by: Actor): { by?: string } {
	return by === "admin" ? {} : { by: `${by.name} (${by.id})` };
}

type PeopleDeps = {
	store: Pick<Store, "people">;
	broadcast: Pick<Broadcast, "connections" | "disconnect">;
	/** The access that the operator has set, which no owner can change. */
	fixedAccess: Access | undefined;
	/** Called when a name became a person's own. */
	onNameReserved: (userId: string, skeletons: ReadonlySet<string>) => void;
};

/** The roles of all users and the access, in memory: a copy of the store's. */
export class People implements ReconcilerSource {
	readonly name = "people";
	readonly fixedAccess: Access | undefined;
	readonly #deps: PeopleDeps;
	readonly #people = new Map<string, Person>();
	/** The people with a passkey, by the skeletons of their names. */
	readonly #names = new Map<string, string>();
	#access: Access = "open";
	#rev = 0;
	#lastRead: Promise<void> = Promise.resolve();

	constructor(deps: PeopleDeps) {
		this.#deps = deps;
		this.fixedAccess = deps.fixedAccess;
	}

	/** Who may come in. */
	get access(): Access {
		return this.fixedAccess ?? this.#access;
	}

	get hasOwner(): boolean {
		return this.#people.values().some(({ role }) => role === "owner");
	}

	/** Returns the role of a user; undefined for a stranger, who was never invited or was removed. */
	roleOf(userId: string): Role | undefined {
		return this.#people.get(userId)?.role;
	}

	/** Returns the user as their own page sees them. */
	userOf(user: User): SignedInUser {
		const role = this.roleOf(user.id);
		return role === undefined || role === "guest" ? user : { ...user, role };
	}

	person(userId: string): Person | undefined {
		return this.#people.get(userId);
	}

	/** Returns the people who have a role or were invited, longest first. */
	list(): PersonInfo[] {
		const people = [...this.#people.values()].flatMap(({ rev: _, reservedName: _name, role, ...rest }) =>
			role ? [{ ...rest, role }] : [],
		);
		return people.sort((a, b) => a.since - b.since);
	}

	/** Returns the refusal of a name that belongs to another person, who has a passkey (rule K2). */
	nameRefusal(name: string, userId?: string): Refused | undefined {
		if (this.#names.size === 0) return undefined;
		const isTaken = [...skeletonsOf(name)].some((skeleton) => (this.#names.get(skeleton) ?? userId) !== userId);
		return isTaken ? nameOfAnother(name) : undefined;
	}

	may(userId: string, act: Act): boolean {
		return isAllowed(this.roleOf(userId), act);
	}

	/** Returns why an actor may not do something, if so. */
	refusal(actor: Actor, act: Act): Refused | undefined {
		return actor === "admin" || this.may(actor.id, act) ? undefined : refuse("forbidden", onlyFor(act));
	}

	/** Returns why a user, or a visitor without a session, may not come in, if so. */
	entryRefusal(userId: string | undefined): Refused | undefined {
		const { access } = this;
		const role = userId === undefined ? undefined : this.roleOf(userId);
		if (access === "open" || mayComeIn(role, access)) return undefined;
		return refuse("unauthorized", access === "members" ? FOR_MEMBERS : BY_INVITATION, { access });
	}

	intervalMs(): number {
		return INTERVAL_MS;
	}

	/**
	 * Reads what changed in the store, and disconnects those who may no longer come in. Reads are sequential, so that an older
	 * state never replaces a newer one. Rejects when the store does.
	 */
	reconcile(): Promise<void> {
		const read = this.#lastRead.then(() => this.#read());
		this.#lastRead = read.catch(() => undefined);
		return read;
	}

	async #read(): Promise<void> {
		const before = this.access;
		const { people, access = "open" } = await this.#deps.store.people(this.#rev);
		for (const person of people) {
			this.#reserveName(person);
			this.#people.set(person.id, person);
			this.#rev = Math.max(this.#rev, person.rev);
		}
		this.#access = access;
		const isAccessChanged = this.access !== before;
		const lowered = new Set(people.filter(({ role }) => !mayComeIn(role, this.access)).map(({ id }) => id));
		if (isAccessChanged || lowered.size > 0) this.#disconnect((id) => isAccessChanged || lowered.has(id));
	}

	#reserveName({ id, reservedName }: Person): void {
		const former = this.#people.get(id)?.reservedName;
		if (former === reservedName) return;
		if (former !== undefined) for (const skeleton of skeletonsOf(former)) this.#free(skeleton, id);
		if (reservedName === undefined) return;
		const skeletons = skeletonsOf(reservedName);
		for (const skeleton of skeletons) this.#names.set(skeleton, id);
		this.#deps.onNameReserved(id, skeletons);
	}

	#free(skeleton: string, id: string): void {
		if (this.#names.get(skeleton) === id) this.#names.delete(skeleton);
	}

	#disconnect(isAffected: (userId: string) => boolean): void {
		const { broadcast } = this.#deps;
		for (const { connection } of broadcast.connections()) {
			const { id, user, hasLoadToken } = connection;
			if (!hasLoadToken && isAffected(user.id) && this.entryRefusal(user.id))
				broadcast.disconnect({ connection: id }, DISCONNECTS.accessEnded);
		}
	}
}

/** The refusal of a name that belongs to a person with a passkey. */
export function nameOfAnother(name: string): Refused {
	const sentence = `"${name}" is the name of somebody with a passkey, or looks like it. Pick another name, or sign in with the passkey.`;
	return refuse("name_taken", sentence, { field: "name" });
}

const BY_INVITATION = "This chat is by invitation. Open an invitation link to come in.";
const FOR_MEMBERS = "This chat is for its members. Open an invitation link to come in.";
