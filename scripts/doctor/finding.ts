/** What one check found. A warning is worth a look; a failure is something that people will run into. */
export type Finding = {
	verdict: "ok" | "warn" | "FAIL";
	/** What was looked at. */
	what: string;
	/** What was seen, in a few words. */
	seen: string;
	/** What to do about it, unless it is fine. */
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

/** One line, and a second one with the remedy. */
export function format({ verdict, what, seen, remedy }: Finding): string {
	const line = `${verdict.padEnd(6)}${what.padEnd(20)}${seen}`;
	return remedy === undefined ? line : `${line}\n      ${remedy}`;
}
