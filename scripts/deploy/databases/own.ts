import { Stop } from "../stop.ts";

const SCHEMES = { DATABASE_URL: ["postgres:", "postgresql:"], REDIS_URL: ["redis:", "rediss:"] };
export type Address = keyof typeof SCHEMES;

/** Reads the addresses of the operator's databases from the environment. Throws for invalid ones; never prints them. */
export function ownAddresses(env: NodeJS.ProcessEnv): Partial<Record<Address, string>> {
	const own: Partial<Record<Address, string>> = {};
	for (const name of ["DATABASE_URL", "REDIS_URL"] as const) {
		const given = env[name]?.trim();
		if (given === undefined || given === "") continue;
		const url = URL.parse(given);
		if (url === null || !SCHEMES[name].includes(url.protocol) || /\s/.test(given)) {
			throw new Stop(
				2,
				`${name} in the environment is not a database URL. It has to begin with ${SCHEMES[name].join("// or ")}//.`,
			);
		}
		if (/^(localhost|127\..*|\[::1\]|)$/.test(url.hostname)) {
			throw new Stop(2, `${name} in the environment refers to this computer, which the machines cannot reach.`);
		}
		own[name] = given;
	}
	if (Object.keys(own).length === 0) {
		throw new Stop(2, "--database-url-from-env needs DATABASE_URL, REDIS_URL or both in the environment.");
	}
	return own;
}
