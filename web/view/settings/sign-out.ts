import { signal } from "@preact/signals";
import type { ClientSession } from "../../model/session.ts";
import { announce } from "../controls/Announcer.tsx";
import { offerUndo } from "../undo/undo.ts";

/** Whether the user has signed out, which can still be undone. */
export const signingOut = signal(false);
/** Why the last attempt failed. */
export const signOutProblem = signal("");

/** Signs out, which can be undone for a few seconds. */
export function signOut(session: ClientSession): void {
	signingOut.value = true;
	signOutProblem.value = "";
	const done = () => {
		signingOut.value = false;
	};
	offerUndo({
		sentence: "You signed out.",
		undo: done,
		async finish() {
			const refusal = await session.signOut();
			done();
			signOutProblem.value = refusal?.message ?? "";
			if (refusal !== undefined) announce(refusal.message);
		},
	});
}
