import { randomUUID } from "node:crypto";
import type { RoomAppended } from "../../app/protocol/log.ts";
import type { HistoryData, SendData } from "../../app/protocol/message.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import type { ChatClient } from "../../load/kit/client.ts";
import { connectWithReason, requestWithReason } from "./connection.ts";
import { closedAccess, openSmokeSession, type SmokeSession } from "./session.ts";

/** All smoke tests share one room, so that they do not fill the list of rooms. */
const ROOM = "smoke-test";
const DELIVERY_TIMEOUT_MS = 15_000;

export type SmokeStep = "session" | "connection" | "join" | "send" | "delivery" | "history" | "sign-out";
export type SmokeResult =
	| { ok: true /** From sending to receiving. */; deliveryMs: number }
	/** Strangers may not come in, so that no message was sent. */
	| { ok: true; closed: string }
	| { ok: false; step: SmokeStep; why: string };

/**
 * Signs in two users on a running server, joins them to a room, sends a message from one to the other, and reads it from
 * the history. Both sign out in any case. Ends after the sign-in where strangers may not come in. `onStep` is called with each completed step and its duration.
 */
export async function smoke(
	url: string,
	onStep: (step: SmokeStep, ms: number) => void = () => {},
): Promise<SmokeResult> {
	const users: SmokeSession[] = [];
	const sockets: ChatClient[] = [];
	let current: SmokeStep = "session";
	let deliveryMs = 0;

	async function step<T>(name: SmokeStep, work: () => Promise<T>): Promise<T> {
		current = name;
		const began = performance.now();
		const result = await work();
		const ms = performance.now() - began;
		onStep(name, ms);
		return result;
	}

	try {
		await step("session", async () => {
			for (const role of ["sender", "receiver"]) users.push(await openSmokeSession(url, nameFor(role)));
		});
		const closed = await closedAccess(url, users[0]!.token);
		if (closed !== undefined) return { ok: true, closed };
		await step("connection", async () => {
			for (const { token } of users) sockets.push(await connectWithReason(url, token, ["websocket"]));
		});
		const [sender, receiver] = sockets as [ChatClient, ChatClient];
		await step("join", async () => {
			for (const socket of sockets) await requestWithReason<JoinData>(socket, "room:join", { room: ROOM });
		});
		const body = `Smoke test ${randomUUID()}`;
		const delivery = receiveMessage(receiver, body);
		const began = performance.now();
		const { seq } = await step("send", () =>
			requestWithReason<SendData>(sender, "message:send", { room: ROOM, clientId: randomUUID(), body }),
		);
		await step("delivery", async () => {
			const delivered = await delivery;
			deliveryMs = delivered.at - began;
			if (delivered.seq !== seq) throw new Error(`it was acknowledged as ${seq} and delivered as ${delivered.seq}`);
		});
		await step("history", async () => {
			const { messages } = await requestWithReason<HistoryData>(receiver, "message:history", {
				room: ROOM,
				limit: 100,
			});
			if (!messages.some((one) => one.seq === seq && one.body === body))
				throw new Error("it does not have the message");
		});
		await step("sign-out", () => signOut(users.splice(0)));
		return { ok: true, deliveryMs };
	} catch (error) {
		return { ok: false, step: current, why: (error as Error).message };
	} finally {
		for (const socket of sockets) socket.disconnect();
		await Promise.allSettled(users.map((user) => user.signOut()));
	}
}

/** Returns what was seen of a chat that strangers may not enter. */
export function closedSentence(access: string): string {
	return `it refuses strangers, because its access is "${access}"; with LOAD_TOKEN a message is sent`;
}

/** Names are unique among the users of a room, and two smoke tests may run at once. */
function nameFor(role: string): string {
	return `${role} ${randomUUID().slice(0, 8)}`;
}

/** Resolves when the message is delivered. Rejects after a timeout or when the connection ends. */
function receiveMessage(socket: ChatClient, body: string): Promise<{ seq: number; at: number }> {
	const { promise, resolve, reject } = Promise.withResolvers<{ seq: number; at: number }>();
	const late = () => reject(new Error(`it did not arrive within ${DELIVERY_TIMEOUT_MS / 1000} s`));
	const timer = setTimeout(late, DELIVERY_TIMEOUT_MS);
	socket.on("room:appended", ({ entries }: RoomAppended) => {
		const entry = entries.find((one) => one.kind === "message" && one.body === body);
		if (entry !== undefined) resolve({ seq: entry.seq, at: performance.now() });
	});
	socket.once("disconnect", (reason) => reject(new Error(`the receiver's connection ended (${reason})`)));
	// Awaited only after the acknowledgement; a rejection before that is not unhandled.
	promise.catch(() => {}).finally(() => clearTimeout(timer));
	return promise;
}

async function signOut(users: SmokeSession[]): Promise<void> {
	for (const user of users) await user.signOut();
}
