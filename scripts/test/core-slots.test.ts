import assert from "node:assert/strict";
import { test } from "node:test";
import { CoreSlots } from "./core-slots.ts";

/** Starts programs that run until they are ended by name. */
function programs(slots: CoreSlots) {
	const running: string[] = [];
	const ends = new Map<string, () => void>();
	return {
		running,
		start(name: string, share: number, order: number): void {
			void slots.use(share, order, async () => {
				running.push(name);
				await new Promise<void>((resolve) => ends.set(name, resolve));
				running.splice(running.indexOf(name), 1);
			});
		},
		async end(name: string): Promise<void> {
			ends.get(name)?.();
			await settle();
		},
	};
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test("no more programs run than there are cores, and programs of earlier stages start first", async () => {
	const { running, start, end } = programs(new CoreSlots(2));
	for (const [name, order] of [
		["a", 1],
		["b", 1],
		["late", 3],
		["early", 2],
	] as const)
		start(name, 1, order);
	await settle();
	assert.deepEqual(running, ["a", "b"]);
	await end("a");
	assert.deepEqual(running, ["b", "early"]);
	await end("b");
	assert.deepEqual(running, ["early", "late"]);
});

test("programs that mostly wait share a core, and nothing overtakes a program that waits for more", async () => {
	const { running, start, end } = programs(new CoreSlots(2));
	for (const name of ["a", "b"]) start(name, 0.5, 1);
	start("c", 1.5, 2);
	start("d", 0.5, 3);
	await settle();
	assert.deepEqual(running, ["a", "b"]);
	await end("a");
	assert.deepEqual(running, ["b", "c"]);
	await end("b");
	assert.deepEqual(running, ["c", "d"]);
});

test("a program that keeps more cores busy than there are runs alone; one that fails frees its cores", async () => {
	const slots = new CoreSlots(1);
	await assert.rejects(
		slots.use(4, 1, async () => Promise.reject(new Error("on purpose"))),
		/on purpose/,
	);
	assert.equal(await slots.use(4, 1, async () => "ran"), "ran");
});
