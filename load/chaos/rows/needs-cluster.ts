import type { Row } from "./row.ts";

const NEEDS_THE_CLUSTER = "needs the cluster";

function row(id: string, title: string, expected: string): Row {
	return {
		id,
		title,
		expected,
		rounds: { full: 1, quick: 1 },
		obstacle: () => NEEDS_THE_CLUSTER,
		run: () => Promise.reject(new Error(NEEDS_THE_CLUSTER)),
	};
}

/** What one server on SQLite can't have. */
export const needsCluster: Row[] = [
	row("rolling-deploy", "rolling deploy behind a balancer", "every promise holds"),
	row("redis", "Redis killed, stopped for 30 s", "local delivery goes on, holes are healed from the store"),
	row("postgres", "Postgres restarted, its connections cut", "no ack without a commit"),
];
