import { type ReadonlySignal, signal } from "@preact/signals";
import type { LocalStorage } from "../../model/local-storage.ts";

/** The panels at the right of a room. One is open at a time. */
export const PANELS = { people: "People", pins: "Pinned messages", search: "Search", thread: "Thread" } as const;
export type PanelName = keyof typeof PANELS;

const KEY = "panel";
/** Panels that are open again after a reload. A thread is not: it belongs to what was being read. */
const KEPT: readonly PanelName[] = ["people"];

/** The panel that is open beside the room, kept on this device. */
export type PanelChoice = {
	readonly open: ReadonlySignal<PanelName | undefined>;
	set(name: PanelName | undefined): void;
};

export function createPanelChoice(storage: LocalStorage): PanelChoice {
	const stored = storage.get(KEY);
	const open = signal(isPanelName(stored) ? stored : undefined);
	return {
		open,
		set(name) {
			open.value = name;
			if (name !== undefined && KEPT.includes(name)) storage.set(KEY, name);
			else storage.remove(KEY);
		},
	};
}

function isPanelName(value: unknown): value is PanelName {
	return KEPT.includes(value as PanelName);
}
