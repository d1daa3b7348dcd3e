import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";

/** Returns why no cluster can be started on this machine; undefined if PostgreSQL and Redis are installed. */
export function withoutServices(): string | undefined {
	const missing = [
		...(hasPostgres() ? [] : ["PostgreSQL's server (Debian: postgresql)"]),
		...(hasRedis() ? [] : ["Redis or Valkey (Debian: redis-server)"]),
	];
	return missing.length > 0 ? `needs ${missing.join(" and ")}` : undefined;
}

function hasPostgres(): boolean {
	const named = process.env.POSTGRES;
	return named ? existsSync(named) : globSync("/usr/lib/postgresql/*/bin/postgres").length > 0;
}

function hasRedis(): boolean {
	return spawnSync(process.env.REDIS ?? "redis-server", ["--version"]).status === 0;
}
