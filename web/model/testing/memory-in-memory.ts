import { browserMemory } from "../memory.ts";

/** The memory of a browser with a storage that lives as long as the test. */
export function memoryInMemory() {
	const kept = new Map<string, string>();
	return browserMemory(() => ({
		getItem: (key) => kept.get(key) ?? null,
		setItem: (key, value) => void kept.set(key, value),
		removeItem: (key) => void kept.delete(key),
	}));
}
