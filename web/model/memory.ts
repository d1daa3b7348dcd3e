/** Small things remembered on this device: values as JSON. Where the device can't store, it forgets at the next load. */
export type Memory = {
	/** Undefined where there is nothing, or nothing readable. The value comes from outside: check it. */
	get(key: string): unknown;
	set(key: string, value: unknown): void;
	remove(key: string): void;
};

/** A memory in `localStorage`, under keys that start with `hubbub.`. */
export declare function browserMemory(storage: Storage): Memory;
