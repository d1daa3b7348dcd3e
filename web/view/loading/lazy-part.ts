import { type ReadonlySignal, signal } from "@preact/signals";

/** A part of the page that is not in the first load. */
export type LazyPart<Module> = {
	/** Undefined until the part is loaded. */
	readonly module: ReadonlySignal<Module | undefined>;
	/** Whether the last attempt to load it failed. */
	readonly failed: ReadonlySignal<boolean>;
	/** Loads the part, and again after a failure. Resolves with undefined if it fails, and never rejects. */
	load(): Promise<Module | undefined>;
};

/** `importModule` contains the import of one file and nothing else: a retry reads its path. */
export function lazyPart<Module>(importModule: () => Promise<Module>): LazyPart<Module> {
	const module = signal<Module | undefined>();
	const failed = signal(false);
	let failures = 0;
	let loading: Promise<Module | undefined> | undefined;

	async function attempt(): Promise<Module | undefined> {
		failed.value = false;
		try {
			module.value = await (failures === 0 ? importModule() : import(againPath(importModule, failures)));
		} catch {
			// Without a network, or after a deployment that replaced the files.
			failures++;
			failed.value = true;
			loading = undefined;
		}
		return module.value;
	}
	return {
		module,
		failed,
		load() {
			loading ??= attempt();
			return loading;
		},
	};
}

/**
 * Returns a path for the same file that the browser has not tried yet: until a reload it repeats a failure without asking
 * the server. The build makes the paths absolute.
 */
export function againPath(importModule: () => Promise<unknown>, attempt: number): string {
	const path = /import\(\s*["'`](.+?)["'`]\s*\)/.exec(String(importModule))?.[1] ?? "";
	return `${path}?${attempt}`;
}
