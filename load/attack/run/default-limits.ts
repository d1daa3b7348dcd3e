import { LIFTED_LIMITS } from "../../own-chat.ts";

/** The limits as they come: `NAME=` means "not set". Other chats that are started here have them lifted; this one does not. */
export const DEFAULT_LIMITS: Readonly<Record<string, string>> = Object.fromEntries(
	Object.keys(LIFTED_LIMITS).map((name) => [name, ""]),
);
