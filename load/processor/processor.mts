/**
 * The steps that a scenario can name with `function:`; README.md describes them.
 *
 * Named `.mts`, so that Node runs it as it is. Artillery bundles a `.ts` into a file beside it, which two runs at a time
 * would overwrite (artillery 2.0.34, prepare-test-execution-plan.ts: replaceProcessorIfTypescript).
 */
import { isMainThread } from "node:worker_threads";
import { signIn } from "../kit/sign-in.ts";
import { userName } from "../ledger/entry-kinds.ts";
import { nowMs } from "../measure/clock.ts";
import { addServerOption } from "./connect-option.ts";
import type { Context, Done, Events } from "./engine-types.ts";
import { thisThread } from "./thread.ts";
import { VirtualUser } from "./virtual-user.ts";

// Each thread reports before its first user arrives. The main thread reads this file only for the names of the steps.
if (!isMainThread) {
	thisThread();
	addServerOption();
}

const users = new WeakMap<Context, VirtualUser>();
const STORM_AT = 0.5;

/** Opens a session over HTTP, and sets `token` and `room`. The connect step that follows signs in with the token. */
export function openSession(context: Context, events: Events, done: Done): void {
	const thread = thisThread();
	thread.observe(events);
	const open = async () => {
		await thread.welcomed.promise;
		const user = new VirtualUser(thread, thread.takeRow());
		users.set(context, user);
		const { room, address } = user.row;
		const server = thread.plan.targets[user.row.server]!;
		const session = await signIn(server, userName(user.row.user), { loadToken: process.env.LOAD_TOKEN });
		Object.assign(context.vars, { token: session.token, room, address, server });
		user.signedIn(session);
		user.connectingSinceMs = nowMs();
	};
	open().then(() => done(), done);
}

/** Times and records everything that is sent and received over the connection from now on. */
export function takeNotes(context: Context, _events: Events, done: Done): void {
	const user = userOf(context);
	thisThread().users.push(user);
	user.attach(context.sockets[""]!);
	done();
}

/** Waits until all users have joined, and sets `turns`, the user's schedule. */
export function waitForStart(context: Context, _events: Events, done: Done): void {
	const thread = thisThread();
	const user = userOf(context);
	if (!user.isInRoom) {
		done(new Error("gave up: not in a room"));
		return;
	}
	thread.joined++;
	void thread.started.promise.then(() => {
		context.vars.turns = user.schedule();
		done();
	});
}

/** Waits for the next scheduled send, and sets `body` and a new `clientId` for it. */
export function waitForTurn(context: Context, _events: Events, done: Done): void {
	const intendedMs = thisThread().startedAtMs + Number(context.vars.$loopElement);
	userOf(context).takeTurn(intendedMs, context.vars, done);
}

/** Does one of the actions of the profile's mix, and waits for its ack. */
export function act(context: Context, _events: Events, done: Done): void {
	// A step that is given a value has failed.
	userOf(context).act(() => done());
}

/** Drops the connection half-way through the run, at the same moment as all others, and resumes. Does not wait for it. */
export function awaitTheStorm(context: Context, _events: Events, done: Done): void {
	const thread = thisThread();
	const stormMs = thread.startedAtMs + thread.plan.settings.duration * 1_000 * STORM_AT;
	setTimeout(() => userOf(context).dropConnection(), stormMs - nowMs());
	done();
}

/** Stays connected until the ledgers of the run are closed. Without this step a user disconnects at the end of the flow. */
export function readToTheEnd(_context: Context, _events: Events, done: Done): void {
	void thisThread().closed.promise.then(() => done());
}

/** Disconnects a user who does not read to the end. The harness appends this step to every scenario. */
export function leave(context: Context, _events: Events, done: Done): void {
	const thread = thisThread();
	if (!thread.isClosed) userOf(context).disconnect();
	void thread.closed.promise.then(() => done());
}

function userOf(context: Context): VirtualUser {
	const user = users.get(context);
	if (!user) throw new Error("A scenario's first step is `- function: openSession`.");
	return user;
}
