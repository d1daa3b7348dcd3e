import { openLocalStorage } from "../local-storage.ts";

/** Local storage that lasts as long as the test. */
export function localStorageInMemory() {
	const kept = new Map<string, string>();
	return openLocalStorage(() => ({
		getItem: (key) => kept.get(key) ?? null,
		setItem: (key, value) => void kept.set(key, value),
		removeItem: (key) => void kept.delete(key),
	}));
}
