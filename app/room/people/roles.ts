import type { Access, PersonInfo, Role, SignedInUser } from "../../protocol/people.ts";
import type { Ack } from "../../protocol/refusal.ts";
import type { User } from "../../protocol/session.ts";
import type { LastSeen } from "../moderation/last-seen.ts";
import type { NewAuditEntry } from "../ports/audit.ts";
import type { Clock } from "../ports/clock.ts";
import { MAX_PEOPLE, type RoleOutcome } from "../ports/people.ts";
import type { Store } from "../ports/store.ts";
import { accept, type Refused, refuse } from "../refusals.ts";
import { type Actor, auditedActor, type People } from "./people.ts";

type RolesDeps = {
	people: People;
	store: Pick<Store, "setRole" | "claim" | "setAccess">;
	clock: Pick<Clock, "now">;
	lastSeen: Pick<LastSeen, "of">;
	/** Whether a code is that of the claim link. */
	isClaimCode: (code: string) => boolean;
	/** Publishes to the other processes that people or the access changed. */
	publish: () => void;
	/** Resolves when every message accepted so far is stored or refused. */
	settled: () => Promise<void>;
};

type RoleRequest = { user: string; name?: string | undefined; role: Role };
type Page = { offset: number; limit: number; user?: string | undefined };

/** Changes of roles and of the access. Each one is first durable, with its entry in the audit log, then in effect here. */
export class Roles {
	readonly #deps: RolesDeps;

	constructor(deps: RolesDeps) {
		this.#deps = deps;
	}

	/** Makes a user the owner, by the code of the claim link, while the chat has none. Every failure is the same. */
	async claim({ id, name }: User, code: string): Promise<Ack<{ user: SignedInUser }>> {
		const { people, store, clock, isClaimCode } = this.#deps;
		const user = { id, name };
		const isClaimed =
			isClaimCode(code) && (await store.claim(user, clock.now(), this.#audit("claim", { user: id, name }, user)));
		if (!isClaimed) return refuse("not_found", "This link can't be used. The chat may have an owner already.");
		await this.#changed();
		return accept({ user: people.userOf(user) });
	}

	/** Returns a page of the people, longest first, or one of them. */
	list(by: Actor, { offset, limit, user }: Page): Ack<{ people: PersonInfo[]; more: boolean }> {
		const { people } = this.#deps;
		const all = people.list().filter(({ id }) => user === undefined || id === user);
		const page = { people: all.slice(offset, offset + limit), more: all.length > offset + limit };
		return people.refusal(by, "list_people") ?? accept(page);
	}

	async set(by: Actor, { user, name: given, role }: RoleRequest): Promise<Ack<PersonInfo>> {
		const { people, store, clock, lastSeen } = this.#deps;
		const refusal = people.refusal(by, "change_roles");
		if (refusal) return refusal;
		const name = given ?? people.person(user)?.name ?? lastSeen.of(user)?.name;
		const named = name === undefined ? {} : { name };
		const at = clock.now();
		const outcome = await store.setRole(
			{ id: user, ...named, role, at },
			this.#audit("set_role", { user, ...named, role }, by),
		);
		if (outcome !== "changed") return REFUSALS[outcome];
		await this.#changed();
		return accept({ id: user, ...named, role, since: at });
	}

	/** Makes a user a stranger, who is disconnected where the chat is not open. */
	async remove(by: Actor, user: string): Promise<Ack<unknown>> {
		const { people, store, clock } = this.#deps;
		const refusal = people.refusal(by, "change_roles");
		if (refusal) return refusal;
		const audit = this.#audit("remove_person", { user }, by);
		const outcome = await store.setRole({ id: user, at: clock.now() }, audit);
		if (outcome !== "changed") return REFUSALS[outcome];
		await this.#changed();
		return accept({});
	}

	async setAccess(by: Actor, access: Access): Promise<Ack<{ access: Access }>> {
		const { people, store } = this.#deps;
		const refusal = people.refusal(by, "change_access");
		if (refusal) return refusal;
		if (people.fixedAccess !== undefined)
			return refuse("forbidden", "The server's setting ACCESS says who may come in. Unset it to decide it here.");
		await store.setAccess(access, this.#audit("set_access", { access }, by));
		await this.#changed();
		return accept({ access });
	}

	/** Applies the stored state here. Nothing of those who were removed is stored once this resolves. */
	async #changed(): Promise<void> {
		const { people, publish, settled } = this.#deps;
		publish();
		await people.reconcile();
		await settled();
	}

	#audit(act: NewAuditEntry["act"], target: NewAuditEntry["target"], by: Actor): NewAuditEntry {
		return { act, target, createdAt: this.#deps.clock.now(), ...auditedActor(by) };
	}
}

const REFUSALS: Readonly<Record<Exclude<RoleOutcome, "changed">, Refused>> = {
	last_owner: refuse("forbidden", "The chat needs an owner. Make somebody else an owner first."),
	missing: refuse("not_found", "There is no such person. GET /api/people lists them.", { field: "user" }),
	full: refuse("forbidden", `The chat has ${MAX_PEOPLE} people, which is the maximum. Remove some first.`),
};
