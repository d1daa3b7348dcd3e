/** Small values kept on this device, as JSON. If the browser blocks storage, nothing is kept. */
export type LocalStorage = {
	/** Returns undefined for a missing or unreadable value. Validate the result: users can edit it. */
	get(key: string): unknown;
	set(key: string, value: unknown): void;
	remove(key: string): void;
	/** Calls the listener with the key of a value that another tab has changed. Returns a function that removes it. */
	onChangeElsewhere(listener: (key: string) => void): () => void;
};

type KeyValues = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const PREFIX = "hubbub.";

/** `storage` is a function because reading `window.localStorage` itself may throw. */
export function openLocalStorage(storage: () => KeyValues): LocalStorage {
	const attempt = <T>(action: (kept: KeyValues) => T): T | undefined => {
		try {
			return action(storage());
		} catch {
			return undefined;
		}
	};
	return {
		get: (key) => attempt((kept) => JSON.parse(kept.getItem(PREFIX + key) ?? "null") ?? undefined),
		set: (key, value) => attempt((kept) => kept.setItem(PREFIX + key, JSON.stringify(value))),
		remove: (key) => attempt((kept) => kept.removeItem(PREFIX + key)),
		onChangeElsewhere(listener) {
			const handle = ({ key }: StorageEvent) => {
				if (key?.startsWith(PREFIX)) listener(key.slice(PREFIX.length));
			};
			globalThis.addEventListener?.("storage", handle);
			return () => globalThis.removeEventListener?.("storage", handle);
		},
	};
}
