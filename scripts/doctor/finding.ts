import { printable } from "../../load/kit/target.ts";

/** The result of a check. Users are affected by a failure; a warning may have no effect yet. */
export type Finding = {
	verdict: "ok" | "warn" | "FAIL";
	/** The subject of the check. */
	what: string;
	/** The observation, in a few words. */
	seen: string;
	/** What to do about it. */
	remedy?: string;
};

export function ok(what: string, seen: string): Finding {
	return { verdict: "ok", what, seen };
}

export function warn(what: string, seen: string, remedy: string): Finding {
	return { verdict: "warn", what, seen, remedy };
}

export function fail(what: string, seen: string, remedy: string): Finding {
	return { verdict: "FAIL", what, seen, remedy };
}

/** Formats a finding as one line, and a second one with the remedy. */
export function format({ verdict, what, seen, remedy }: Finding): string {
	const line = `${verdict.padEnd(6)}${what.padEnd(20)}${printable(seen)}`;
	return remedy === undefined ? line : `${line}\n      ${remedy}`;
}
