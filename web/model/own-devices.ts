import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { AddedPasskey, PasskeyList, SessionEntry, SignInLink } from "../../app/protocol/passkeys.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import type { ApiClient } from "./api-client.ts";

/** The passkeys, recovery codes and sessions of the user. */
export type OwnDevices = {
	/** Undefined until they are loaded. */
	readonly passkeys: ReadonlySignal<PasskeyList | undefined>;
	readonly sessions: ReadonlySignal<readonly SessionEntry[]>;
	/** New recovery codes, which are shown once. */
	readonly newCodes: ReadonlySignal<readonly string[] | undefined>;
	/** The newest link for another device. */
	readonly link: ReadonlySignal<SignInLink | undefined>;
	/** The sentence of the last refusal. */
	readonly problem: ReadonlySignal<string>;
	/** Whether a passkey is being added. */
	readonly isAdding: ReadonlySignal<boolean>;
	load(): Promise<void>;
	/** Adds the passkey that `create` creates. Returns whether it was added. */
	add(create: () => Promise<Ack<AddedPasskey>>): Promise<boolean>;
	remove(id: string): Promise<void>;
	renewCodes(): Promise<void>;
	forgetCodes(): void;
	createLink(): Promise<void>;
	/** Signs a device out, or all others. */
	end(id?: string): Promise<void>;
};

export function createOwnDevices(api: ApiClient): OwnDevices {
	const passkeys = signal<PasskeyList | undefined>();
	const sessions = signal<readonly SessionEntry[]>([]);
	const newCodes = signal<readonly string[] | undefined>();
	const link = signal<SignInLink | undefined>();
	const problem = signal("");
	const isAdding = signal(false);

	/** Returns the data, or shows why there is none. */
	function dataOf<T>(ack: Ack<T>): T | undefined {
		problem.value = ack.ok ? "" : ack.error.message;
		return ack.ok ? ack.data : undefined;
	}
	async function load(): Promise<void> {
		const [own, listed] = await Promise.all([
			api<PasskeyList>("GET", "/api/passkeys"),
			api<{ sessions: SessionEntry[] }>("GET", "/api/sessions"),
		]);
		batch(() => {
			if (own.ok) passkeys.value = own.data;
			if (listed.ok) sessions.value = listed.data.sessions;
			if (!own.ok || !listed.ok) dataOf(own.ok ? listed : own);
		});
	}
	/** Changes something, and loads what there is then. */
	async function change<T>(request: Promise<Ack<T>>): Promise<T | undefined> {
		const data = dataOf(await request);
		if (data !== undefined) await load();
		return data;
	}

	return {
		passkeys,
		sessions,
		newCodes,
		link,
		problem,
		isAdding,
		load,
		async add(create) {
			if (isAdding.peek()) return false;
			isAdding.value = true;
			const added = await change(create());
			isAdding.value = false;
			if (added?.recoveryCodes) newCodes.value = added.recoveryCodes;
			return added !== undefined;
		},
		async remove(id) {
			await change(api("DELETE", `/api/passkeys/${id}`));
		},
		async renewCodes() {
			const renewed = await change(api<{ recoveryCodes: string[] }>("POST", "/api/passkeys/recovery-codes"));
			if (renewed) newCodes.value = renewed.recoveryCodes;
		},
		forgetCodes() {
			newCodes.value = undefined;
		},
		async createLink() {
			link.value = dataOf(await api<SignInLink>("POST", "/api/session/link"));
		},
		async end(id) {
			await change(api("DELETE", id === undefined ? "/api/sessions" : `/api/sessions/${id}`));
			link.value = undefined;
		},
	};
}
