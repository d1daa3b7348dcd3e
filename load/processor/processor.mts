/**
 * The steps that a scenario can name with `function:`. README.md tells what each is for.
 *
 * Named `.mts`, so that Node runs it as it is: of a `.ts` Artillery makes a bundle beside it, which two runs at a time
 * would tear from each other's hands (artillery 2.0.34, prepare-test-execution-plan.ts: replaceProcessorIfTypescript).
 */
import { isMainThread } from "node:worker_threads";
import { nowMs } from "../clock.ts";
import type { Context, Done, Events } from "./artillery.ts";
import { openSessionAt } from "./http-session.ts";
import { letConnectStepsChooseTheServer } from "./server-option.ts";
import { thisThread } from "./thread.ts";
import { VirtualUser } from "./virtual-user.ts";

// Each thread reports before the first user comes. Elsewhere this file is only read for the names of its steps.
if (!isMainThread) {
	thisThread();
	letConnectStepsChooseTheServer();
}

const users = new WeakMap<Context, VirtualUser>();
const STORM_AT = 0.5;

/** Opens a session over HTTP, and sets `token` and `room`. The connect step that follows signs in with the token. */
export function openSession(context: Context, events: Events, done: Done): void {
	const thread = thisThread();
	thread.hear(events);
	const open = async () => {
		await thread.welcomed;
		const user = new VirtualUser(thread, thread.takeRow());
		users.set(context, user);
		const { room, address } = user.row;
		const server = thread.plan.targets[user.row.server]!;
		const session = await openSessionAt(server, `user ${user.row.user}`, process.env.LOAD_TOKEN);
		Object.assign(context.vars, { token: session.token, room, address, server });
		user.connectingSinceMs = nowMs();
	};
	open().then(() => done(), done);
}

/** From here on everything that comes and goes over the connection is timed and in the books. */
export function takeNotes(context: Context, _events: Events, done: Done): void {
	const user = userOf(context);
	thisThread().users.push(user);
	user.attach(context.sockets[""]!);
	done();
}

/** Waits until everybody is there, and sets `turns`: when this user is meant to speak. */
export function waitForStart(context: Context, _events: Events, done: Done): void {
	const thread = thisThread();
	const user = userOf(context);
	if (!user.isInRoom) {
		done(new Error("gave up: not in a room"));
		return;
	}
	thread.joined++;
	void thread.started.then(() => {
		context.vars.turns = user.schedule();
		done();
	});
}

/** Waits for the next of the `turns`, and sets `body` and a fresh `clientId` for it. */
export function waitForTurn(context: Context, _events: Events, done: Done): void {
	const intendedMs = thisThread().startedAtMs + Number(context.vars.$loopElement);
	userOf(context).takeTurn(intendedMs, context.vars, done);
}

/** Breaks the line half-way through the run, at the same moment as everybody's, and comes back. Goes on at once. */
export function awaitTheStorm(context: Context, _events: Events, done: Done): void {
	const thread = thisThread();
	const stormMs = thread.startedAtMs + thread.plan.settings.duration * 1_000 * STORM_AT;
	setTimeout(() => userOf(context).breakLine(), stormMs - nowMs());
	done();
}

/** Stays and reads until the run's books are closed. A scenario that leaves this out goes home early. */
export function readToTheEnd(_context: Context, _events: Events, done: Done): void {
	void thisThread().closed.then(() => done());
}

/** Hangs up, for whoever has not read to the end. The harness puts it behind every scenario. */
export function goHome(context: Context, _events: Events, done: Done): void {
	const thread = thisThread();
	if (!thread.isClosed) userOf(context).hangUp();
	void thread.closed.then(() => done());
}

function userOf(context: Context): VirtualUser {
	const user = users.get(context);
	if (!user) throw new Error("A scenario's first step is `- function: openSession`.");
	return user;
}
