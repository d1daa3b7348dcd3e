import { clearInterval, setInterval } from "node:timers";
import type { Chat } from "./room/chat.ts";

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

/** Forgets what is older than `days`, now and every hour; 0 keeps everything. Answers how to stop. */
export function keepForDays(chat: Pick<Chat, "prune">, days: number, onError: (error: unknown) => void): () => void {
	if (days === 0) return () => {};
	const prune = () => chat.prune(Date.now() - days * DAY_MS).catch(onError);
	prune();
	const timer = setInterval(prune, HOUR_MS).unref();
	return () => clearInterval(timer);
}
