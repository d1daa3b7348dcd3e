import { computed, signal } from "@preact/signals";
import { openLocalStorage } from "../../model/local-storage.ts";
import { onTouch } from "../media.ts";

/** What the Return key of the composer does. */
export type ReturnKey = "send" | "newLine";

const KEY = "return";
const storage = openLocalStorage(() => localStorage);
const stored = storage.get(KEY);
const chosen = signal<ReturnKey | undefined>(stored === "send" || stored === "newLine" ? stored : undefined);

/** An on-screen keyboard has no Shift+Return, so there Return starts a new line unless the user has chosen otherwise. */
export const returnKey = computed<ReturnKey>(() => chosen.value ?? (onTouch.value ? "newLine" : "send"));

export function setReturnKey(value: ReturnKey): void {
	chosen.value = value;
	storage.set(KEY, value);
}
