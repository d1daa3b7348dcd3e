import type { Refusal } from "../../app/protocol/refusal.ts";
import type { ChatModel } from "./chat-model.ts";

/** Removes the user's account, and their messages if `messages` is "remove". Returns why it was refused. */
export async function removeAccount(
	{ api, session }: Pick<ChatModel, "api" | "session">,
	messages: "keep" | "remove",
): Promise<Refusal | undefined> {
	for (;;) {
		const ack = await api<{ more?: true }>("DELETE", "/api/data", { messages });
		if (!ack.ok) return ack.error;
		if (!ack.data.more) return session.signOut();
	}
}
