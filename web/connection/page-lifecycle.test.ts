import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { browserPageLifecycle } from "./page-lifecycle.ts";

/** Provides the globals of a page, which Node does not have. */
function fakePage(t: TestContext) {
	t.mock.timers.enable({ apis: ["setInterval", "Date"] });
	const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
	const window = new EventTarget();
	const globals = {
		document,
		addEventListener: window.addEventListener.bind(window),
		removeEventListener: window.removeEventListener.bind(window),
	};
	const before = new Map(Object.keys(globals).map((key) => [key, Object.getOwnPropertyDescriptor(globalThis, key)]));
	for (const [key, value] of Object.entries(globals))
		Object.defineProperty(globalThis, key, { value, configurable: true });
	t.after(() => {
		for (const [key, descriptor] of before) {
			if (descriptor) Object.defineProperty(globalThis, key, descriptor);
			else Reflect.deleteProperty(globalThis, key);
		}
	});
	return { document, window };
}

test("a change of the visibility is reported until the listener is removed", (t) => {
	const { document } = fakePage(t);
	const lifecycle = browserPageLifecycle();
	const seen: boolean[] = [];
	const stop = lifecycle.onHiddenChange(() => seen.push(lifecycle.hidden()));
	document.visibilityState = "hidden";
	document.dispatchEvent(new Event("visibilitychange"));
	stop();
	document.dispatchEvent(new Event("visibilitychange"));
	assert.deepEqual(seen, [true]);
});

test("the online event wakes, until the listener is removed", (t) => {
	const { window } = fakePage(t);
	let wakes = 0;
	const stop = browserPageLifecycle().onWake(() => wakes++);
	window.dispatchEvent(new Event("online"));
	assert.equal(wakes, 1);
	stop();
	window.dispatchEvent(new Event("online"));
	assert.equal(wakes, 1);
});

test("the offline event is reported, until the listener is removed", (t) => {
	const { window } = fakePage(t);
	let losses = 0;
	const stop = browserPageLifecycle().onOffline(() => losses++);
	window.dispatchEvent(new Event("offline"));
	stop();
	window.dispatchEvent(new Event("offline"));
	assert.equal(losses, 1);
});

test("only a page that is kept is left and shown again", (t) => {
	const { window } = fakePage(t);
	const lifecycle = browserPageLifecycle();
	const seen: string[] = [];
	const stops = [lifecycle.onLeave(() => seen.push("left")), lifecycle.onReturn(() => seen.push("back"))];
	const dispatch = (type: string, persisted: boolean) =>
		window.dispatchEvent(Object.assign(new Event(type), { persisted }));
	dispatch("pageshow", false);
	dispatch("pagehide", true);
	dispatch("pageshow", true);
	dispatch("pagehide", false);
	assert.deepEqual(seen, ["left", "back"]);
	for (const stop of stops) stop();
	dispatch("pagehide", true);
	assert.deepEqual(seen, ["left", "back"]);
});

test("a pause of the timers wakes if it is longer than the throttling of a hidden page", (t) => {
	fakePage(t);
	let wakes = 0;
	const stop = browserPageLifecycle().onWake(() => wakes++);
	t.mock.timers.tick(60_000);
	assert.equal(wakes, 0);
	t.mock.timers.setTime(Date.now() + 60_000);
	t.mock.timers.tick(10_000);
	assert.equal(wakes, 0);
	t.mock.timers.setTime(Date.now() + 100_000);
	t.mock.timers.tick(10_000);
	stop();
	assert.equal(wakes, 1);
});
