import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { storedTheme, storeTheme } from "./theme-choice.ts";

function provideStorage(t: TestContext, get: () => unknown): void {
	const before = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
	Object.defineProperty(globalThis, "localStorage", { get, configurable: true });
	t.after(() => {
		if (before) Object.defineProperty(globalThis, "localStorage", before);
		else Reflect.deleteProperty(globalThis, "localStorage");
	});
}

test("a chosen theme is stored, and the device's own is not", (t) => {
	const kept = new Map<string, string>();
	provideStorage(t, () => ({
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => kept.set(key, value),
		removeItem: (key: string) => kept.delete(key),
	}));
	assert.equal(storedTheme(), "system");
	storeTheme("dark");
	assert.equal(storedTheme(), "dark");
	storeTheme("system");
	assert.equal(kept.size, 0);
	kept.set("hubbub.theme", "purple");
	assert.equal(storedTheme(), "system");
});

test("blocked storage means the device's own theme", (t) => {
	provideStorage(t, () => {
		throw new DOMException("denied", "SecurityError");
	});
	storeTheme("dark");
	assert.equal(storedTheme(), "system");
});
