import { MAX_PASSKEYS, RECOVERY_CODES } from "../../protocol/limits.ts";
import type { AddedPasskey, PasskeyList } from "../../protocol/passkeys.ts";
import type { Ack } from "../../protocol/refusal.ts";
import type { User } from "../../protocol/session.ts";
import type { AdditionOutcome } from "../ports/accounts.ts";
import type { Clock } from "../ports/clock.ts";
import type { Session } from "../ports/sessions.ts";
import type { Store } from "../ports/store.ts";
import type { CreatedCredential, RelyingParty, UsedCredential, WebAuthn } from "../ports/web-authn.ts";
import { skeletonsOf } from "../presence/confusables.ts";
import { accept, type Refused, refuse } from "../refusals.ts";
import { cleanCode, hashOf, randomCode } from "./codes.ts";
import { nameOfAnother, type People } from "./people.ts";

/** 80 bits. */
const RECOVERY_CHARS = 16;

type PasskeysDeps = {
	people: Pick<People, "reconcile">;
	store: Pick<Store, "accounts">;
	webAuthn: WebAuthn;
	clock: Pick<Clock, "now">;
	/** Publishes to the other processes that people changed. */
	publish: () => void;
};

type NewCredential = { credential: CreatedCredential; device: string };

/** Passkeys and recovery codes: a person who adds one keeps their id, and their name is theirs from then on. */
export class Passkeys {
	readonly #deps: PasskeysDeps;

	constructor(deps: PasskeysDeps) {
		this.#deps = deps;
	}

	/** Returns the options with which a browser creates a passkey of a user. */
	async creationOptions(user: User, party: RelyingParty): Promise<Ack<object>> {
		const { store, webAuthn } = this.#deps;
		const { passkeys } = await store.accounts.passkeys(user.id);
		if (passkeys.length >= MAX_PASSKEYS) return REFUSALS.full;
		return accept(await webAuthn.creationOptions(user, party, passkeys));
	}

	/** Adds a passkey that a browser created. The first one comes with recovery codes, which are in no later response. */
	async add(
		session: Session & { device: string },
		party: RelyingParty,
		{ credential, device }: NewCredential,
	): Promise<Ack<AddedPasskey>> {
		const { people, store, webAuthn, clock, publish } = this.#deps;
		const { user } = session;
		const created = await webAuthn.created(user, party, credential);
		if (!created) return refuse("bad_request", "This passkey could not be verified. Add it again.");
		const createdAt = clock.now();
		const codes = newCodes();
		const outcome = await store.accounts.addPasskey({
			user,
			passkey: { ...created, device, createdAt },
			session: { id: session.id, device: session.device, createdAt, expiresAt: session.expiresAt },
			skeletons: [...skeletonsOf(user.name)],
			codeHashes: await hashesOf(codes),
		});
		const info = { id: created.id, device, createdAt };
		if (outcome === "added") return accept(info);
		if (outcome !== "first") return outcome === "name_taken" ? nameOfAnother(user.name) : REFUSALS[outcome];
		publish();
		await people.reconcile();
		return accept({ ...info, recoveryCodes: codes });
	}

	list(userId: string): Promise<PasskeyList> {
		return this.#deps.store.accounts.passkeys(userId);
	}

	async remove(userId: string, id: string): Promise<Ack<unknown>> {
		const outcome = await this.#deps.store.accounts.removePasskey(userId, id);
		if (outcome === "removed") return accept({});
		if (outcome === "missing") return refuse("not_found", "You have no such passkey. It may have been removed.");
		return refuse("forbidden", "This is your only passkey. Add another one first.");
	}

	/** Replaces the recovery codes of a user. The old ones are void. */
	async renewCodes(userId: string): Promise<Ack<{ recoveryCodes: string[] }>> {
		const codes = newCodes();
		const isReplaced = await this.#deps.store.accounts.replaceRecoveryCodes(userId, await hashesOf(codes));
		return isReplaced ? accept({ recoveryCodes: codes }) : refuse("not_found", "Add a passkey first.");
	}

	/** Returns the options with which a browser signs in. They are the same for everybody. */
	requestOptions(party: RelyingParty): Promise<object> {
		return this.#deps.webAuthn.requestOptions(party);
	}

	/** Returns the user whose passkey signed the challenge. Every failure is the same refusal. */
	async userOf(party: RelyingParty, credential: UsedCredential): Promise<Ack<User>> {
		const { store, webAuthn, clock } = this.#deps;
		const passkey = await store.accounts.passkey(credential.id);
		const use = passkey && (await webAuthn.used(passkey, party, credential));
		const isUsed = use && (await store.accounts.usePasskey(passkey.id, { ...use, at: clock.now() }));
		if (isUsed) return accept(passkey.user);
		return refuse("not_found", "This passkey can't be used here. Try again, or use a recovery code.");
	}
}

const REFUSALS: Readonly<Record<Exclude<AdditionOutcome, "first" | "added" | "name_taken">, Refused>> = {
	known: refuse("bad_request", "This passkey was added already."),
	full: refuse("forbidden", `You have ${MAX_PASSKEYS} passkeys, which is the maximum. Remove one first.`),
};

function newCodes(): string[] {
	return Array.from({ length: RECOVERY_CODES }, () => randomCode(RECOVERY_CHARS));
}

function hashesOf(codes: readonly string[]): Promise<string[]> {
	return Promise.all(codes.map((code) => hashOf(cleanCode(code))));
}
