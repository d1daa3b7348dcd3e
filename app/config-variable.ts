import type { Kind } from "./config-kinds.ts";

export type Variable<T = unknown, D extends T | undefined = T | undefined> = Kind<T> & {
	name: string;
	/** One sentence. */
	meaning: string;
	default: D;
	/** The value is never printed. */
	isSecret?: boolean;
};

/** With a default, the value is never undefined. */
export function variable<T, const D extends T | undefined>(
	name: string,
	kind: Kind<T>,
	fallback: D,
	meaning: string,
	isSecret = false,
): Variable<T, D> {
	return { ...kind, name, default: fallback, meaning, isSecret };
}
