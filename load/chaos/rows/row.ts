import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../kit/free-port.ts";
import { LIFTED_LIMITS, type ServerProcessOptions } from "../../kit/server-process.ts";
import type { RowRun } from "../../kit/suite/row-run.ts";
import type { SuiteRow } from "../../kit/suite/suite.ts";
import { checkHistories } from "../check/check.ts";
import type { UserHistory } from "../check/history.ts";
import { ChatProcess, type ChatUnderTest } from "../server/chat-process.ts";
import type { SimulatedUser } from "../users/simulated-user.ts";
import { type GroupOptions, settled, UserGroup } from "../users/user-group.ts";

const JOIN_TIMEOUT_MS = 60_000;
const SETTLE_TIMEOUT_MS = 90_000;
const RETRY_MS = 100;

/** A fault, and how often it is repeated. */
export type ChaosRow = SuiteRow & {
	rounds: { full: number; quick: number };
	run: (run: RowRun) => Promise<void>;
};

/** Starts a server with its own database, by default without limits per user and address. The row's end kills it. */
export async function startRowServer(run: RowRun, options: Partial<ServerProcessOptions> = {}): Promise<ChatProcess> {
	const env = { ...LIFTED_LIMITS, ...options.env };
	const server = new ChatProcess({ folder: run.folder, port: await freePort(), ...options, env });
	run.cleanUp.add(() => server.signal("SIGKILL"));
	await server.start();
	return server;
}

/** Connects users, who all join their rooms before this resolves. */
export async function connectUsers(
	run: RowRun,
	chat: Pick<ChatUnderTest, "url">,
	options: Omit<GroupOptions, "url" | "random">,
): Promise<UserGroup> {
	const group = await UserGroup.start({ url: chat.url, random: run.random.fork("users"), ...options });
	run.cleanUp.add(() => group.stop());
	if (!(await group.allJoined(JOIN_TIMEOUT_MS))) throw new Error("Not all users joined before the first fault.");
	return group;
}

/** Waits until all messages have arrived, stops users and servers, and compares what users received with the store. */
export async function stopAndCheck(
	run: RowRun,
	chat: ChatUnderTest,
	groups: readonly UserGroup[],
	settleMs = SETTLE_TIMEOUT_MS,
): Promise<void> {
	for (const group of groups) group.stopSending();
	const users = groups.flatMap((group) => group.users);
	const hasSettled = await settled(users, settleMs);
	if (hasSettled) run.expect(await readHistories(users, settleMs), "The history was not served after the last fault.");
	for (const group of groups) group.stop();
	run.expect(hasSettled, `Messages were still missing ${settleMs / 1_000} s after the last fault.`);
	await stopAndCompare(
		run,
		chat,
		users.map(({ history }) => history),
	);
}

/** Lets one user of each room read its whole history, and the others the newest page. */
async function readHistories(users: readonly SimulatedUser[], withinMs: number): Promise<boolean> {
	const until = performance.now() + withinMs;
	const rooms = Map.groupBy(users, ({ history }) => history.room).values();
	const reads = [...rooms].flatMap((members) => members.map((user, index) => readHistory(user, index === 0, until)));
	return (await Promise.all(reads)).every((isRead) => isRead);
}

/** Reads again while the connection is lost, as a late effect of the last fault. */
async function readHistory(user: SimulatedUser, isWhole: boolean, until: number): Promise<boolean> {
	while (!(await user.readHistory(isWhole))) {
		if (performance.now() > until) return false;
		await sleep(RETRY_MS);
	}
	return true;
}

/** Does the same for users who have settled and stopped. */
export async function stopAndCompare(
	run: RowRun,
	chat: ChatUnderTest,
	histories: readonly UserHistory[],
): Promise<void> {
	const code = await chat.stop();
	run.expect(code === 0, `The server ended with exit code ${code}.`);
	const integrity = await chat.integrity();
	run.expect(integrity === "ok", `The store is damaged: ${integrity}`);
	run.findings.add(checkHistories(histories, await chat.stored()));
}
