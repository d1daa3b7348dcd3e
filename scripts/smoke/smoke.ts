import { randomUUID } from "node:crypto";
import type { RoomAppended } from "../../app/protocol/log.ts";
import type { HistoryData, SendData } from "../../app/protocol/message.ts";
import type { JoinData } from "../../app/protocol/room.ts";
import { connect, type Line, request } from "./line.ts";
import { type SignedIn, signIn } from "./session.ts";

/** One room for all smoke tests, so that they don't fill the list of rooms. */
const ROOM = "smoke-test";
const DELIVERY_TIMEOUT_MS = 15_000;

export type SmokeStep = "session" | "connection" | "join" | "send" | "delivery" | "history" | "sign-out";
export type SmokeResult =
	| { ok: true /** From sending to the other one's screen. */; deliveryMs: number }
	| { ok: false; step: SmokeStep; why: string };

/**
 * Two people meet in a room of a running server; one says something, the other one hears it, and history has it.
 * They sign out in any case. `onStep` gets each step that went well and how long it took.
 */
export async function smoke(
	url: string,
	onStep: (step: SmokeStep, ms: number) => void = () => {},
): Promise<SmokeResult> {
	const people: SignedIn[] = [];
	const lines: Line[] = [];
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
			for (const role of ["speaker", "listener"]) people.push(await signIn(url, nameFor(role)));
		});
		await step("connection", async () => {
			for (const { token } of people) lines.push(await connect(url, token, ["websocket"]));
		});
		const [speaker, listener] = lines as [Line, Line];
		await step("join", async () => {
			for (const line of lines) await request<JoinData>(line, "room:join", { room: ROOM });
		});
		const body = `Smoke test ${randomUUID()}`;
		const heard = hear(listener, body);
		const began = performance.now();
		const { seq } = await step("send", () =>
			request<SendData>(speaker, "message:send", { room: ROOM, clientId: randomUUID(), body }),
		);
		await step("delivery", async () => {
			const delivered = await heard;
			deliveryMs = delivered.at - began;
			if (delivered.seq !== seq) throw new Error(`it was acked as ${seq} and delivered as ${delivered.seq}`);
		});
		await step("history", async () => {
			const { messages } = await request<HistoryData>(listener, "message:history", { room: ROOM, limit: 100 });
			if (!messages.some((one) => one.seq === seq && one.body === body))
				throw new Error("it does not have the message");
		});
		await step("sign-out", () => signOut(people.splice(0)));
		return { ok: true, deliveryMs };
	} catch (error) {
		return { ok: false, step: current, why: (error as Error).message };
	} finally {
		for (const line of lines) line.disconnect();
		await Promise.allSettled(people.map((person) => person.signOut()));
	}
}

/** A name belongs to one user at a time, and two smoke tests may meet. */
function nameFor(role: string): string {
	return `${role} ${randomUUID().slice(0, 8)}`;
}

/** Resolves once the message was delivered; settled in any case when the line ends. */
function hear(line: Line, body: string): Promise<{ seq: number; at: number }> {
	const { promise, resolve, reject } = Promise.withResolvers<{ seq: number; at: number }>();
	const late = () => reject(new Error(`it did not arrive within ${DELIVERY_TIMEOUT_MS / 1000} s`));
	const timer = setTimeout(late, DELIVERY_TIMEOUT_MS);
	line.on("room:appended", ({ entries }: RoomAppended) => {
		const entry = entries.find((one) => one.kind === "message" && one.body === body);
		if (entry !== undefined) resolve({ seq: entry.seq, at: performance.now() });
	});
	line.once("disconnect", (reason) => reject(new Error(`the listener's line ended (${reason})`)));
	// It is awaited only after the ack; until then a rejection must not count as unhandled.
	promise.catch(() => {}).finally(() => clearTimeout(timer));
	return promise;
}

async function signOut(people: SignedIn[]): Promise<void> {
	for (const person of people) await person.signOut();
}
