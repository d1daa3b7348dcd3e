import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SessionData } from "../../../app/protocol.ts";
import { inParallel } from "../members/in-parallel.ts";
import { hubbub } from "../wire/hubbub.ts";
import type { Contender } from "./contender.ts";
import type { Program, ServerProcess } from "./server-process.ts";

const MAIN = fileURLToPath(new URL("../../../app/main.ts", import.meta.url));
const SESSIONS_AT_A_TIME = 64;

/** The real server with its database on disk; the rates are lifted, since a handful of people speak for a thousand. */
export function program(nodeOptions: readonly string[] = []): Program {
	return {
		command: [process.execPath, ...nodeOptions, MAIN],
		env: (directory) => ({
			HOST: "127.0.0.1",
			DATABASE_PATH: join(directory, "hubbub.db"),
			LOG_LEVEL: "warn",
			LIMIT_MESSAGES_PER_S: "0",
			LIMIT_PACKETS_PER_S: "0",
			LIMIT_JOINS_PER_S: "0",
			LIMIT_READS_PER_S: "0",
			LIMIT_SESSIONS_PER_S: "0",
			LIMIT_CONNECTIONS_PER_ADDRESS: "0",
		}),
	};
}

export const ours: Contender = {
	id: "ours",
	title: "Hubbub",
	wire: hubbub,
	program: () => program(),
	admit,
};

/** Ours against itself: what it differs by is what the machine adds. */
export const oursAgain: Contender = { ...ours, id: "ours-again", title: "Hubbub again (A/A)" };

async function admit({ port }: ServerProcess, people: number): Promise<string[]> {
	const tokens: string[] = [];
	await inParallel(people, SESSIONS_AT_A_TIME, async (i) => {
		const response = await fetch(`http://127.0.0.1:${port}/api/session`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ name: `member ${i}` }),
		});
		if (response.status !== 201) throw new Error(`POST /api/session: ${response.status} ${await response.text()}`);
		tokens[i] = ((await response.json()) as SessionData).token;
	});
	return tokens;
}
