import { LIFTED_LIMITS } from "../../own-chat.ts";

/** The limits as they come: `NAME=` means "not set". The faults' server has them lifted, this one does not. */
export const DEFAULT_LIMITS: Readonly<Record<string, string>> = Object.fromEntries(
	Object.keys(LIFTED_LIMITS).map((name) => [name, ""]),
);
