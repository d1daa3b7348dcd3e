/** Small things remembered on this device: values as JSON. Where the device can't store, it forgets at the next load. */
export type Memory = {
	/** Undefined where there is nothing, or nothing readable. The value comes from outside: check it. */
	get(key: string): unknown;
	set(key: string, value: unknown): void;
	remove(key: string): void;
};

type KeyValues = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const PREFIX = "hubbub.";

/** A memory in `localStorage`; `storage` is a function because even asking for it may be forbidden. */
export function browserMemory(storage: () => KeyValues): Memory {
	const attempt = <T>(act: (kept: KeyValues) => T): T | undefined => {
		try {
			return act(storage());
		} catch {
			return undefined;
		}
	};
	return {
		get: (key) => attempt((kept) => JSON.parse(kept.getItem(PREFIX + key) ?? "null") ?? undefined),
		set: (key, value) => attempt((kept) => kept.setItem(PREFIX + key, JSON.stringify(value))),
		remove: (key) => attempt((kept) => kept.removeItem(PREFIX + key)),
	};
}
