import type { ChatModel } from "../../model/chat-model.ts";
import { openDirect } from "../../model/private-rooms.ts";
import { showToast } from "../undo/undo.ts";

/** A speech bubble: a path on a 24 × 24 grid, as `Icon` has them. */
export const MESSAGE =
	"M5.5 5h13A1.5 1.5 0 0 1 20 6.5v8a1.5 1.5 0 0 1-1.5 1.5H12l-4.5 4v-4h-2A1.5 1.5 0 0 1 4 14.5v-8A1.5 1.5 0 0 1 5.5 5z";

/** Switches to the conversation with a person. */
export async function messagePerson(chat: ChatModel, userId: string): Promise<void> {
	const refusal = await openDirect(chat, userId);
	if (refusal) showToast(refusal.message);
}
