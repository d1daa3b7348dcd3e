import { check } from "../check/check.ts";
import type { PersonRecord } from "../check/record.ts";
import type { Verdict } from "../check/verdict.ts";
import { Crowd, type CrowdOptions } from "../people/crowd.ts";
import { settled } from "../people/settled.ts";
import { ChatProcess, type ChatProcessOptions } from "../server/chat-process.ts";
import type { ChatUnderTest } from "../server/chat-under-test.ts";
import { freePort } from "../server/free-port.ts";
import type { Stage } from "./row.ts";

const ALL_IN_TIMEOUT_MS = 60_000;
const SETTLE_TIMEOUT_MS = 90_000;

/** A server of its own for a row; whatever happens, it is gone at the end. */
export async function openServer(stage: Stage, options: Partial<ChatProcessOptions> = {}): Promise<ChatProcess> {
	const port = options.port ?? (await freePort(stage.random.fork("port")));
	const server = new ChatProcess({ folder: stage.folder, ...options, port });
	stage.cleanUp.add(() => server.signal("SIGKILL"));
	await server.start();
	return server;
}

/** People in their rooms. */
export async function openCrowd(
	stage: Stage,
	server: Pick<ChatUnderTest, "url">,
	options: Omit<CrowdOptions, "url" | "random"> & { url?: string },
): Promise<Crowd> {
	const crowd = await Crowd.gather({ url: server.url, random: stage.random.fork("people"), ...options });
	stage.cleanUp.add(() => crowd.leave());
	if (!(await crowd.allIn(ALL_IN_TIMEOUT_MS))) throw new Error("Not everybody came in before the fault.");
	return crowd;
}

/** Lets everything come to rest, ends all, and holds what everybody lived through against the store. */
export async function judge(
	server: ChatUnderTest,
	crowds: readonly Crowd[],
	verdict: Verdict,
	settleMs = SETTLE_TIMEOUT_MS,
): Promise<Verdict> {
	for (const crowd of crowds) crowd.hush();
	const people = crowds.flatMap((crowd) => crowd.people);
	const hasSettled = await settled(people, settleMs);
	for (const crowd of crowds) crowd.leave();
	if (!hasSettled) verdict.complain(`It had not come to rest ${settleMs / 1_000} s after the last fault.`);
	return await judgeRecords(
		server,
		people.map(({ record }) => record),
		verdict,
	);
}

/** The same for people who have settled and left. What is found is added to `verdict`, and that is the answer. */
export async function judgeRecords(
	server: ChatUnderTest,
	records: readonly PersonRecord[],
	verdict: Verdict,
): Promise<Verdict> {
	const code = await server.end();
	if (code !== 0) verdict.complain(`The server ended with the exit code ${code}.`);
	const integrity = await server.integrity();
	if (integrity !== "ok") verdict.complain(`The store is damaged: ${integrity}`);
	verdict.add(check(records, await server.stored()));
	return verdict;
}
