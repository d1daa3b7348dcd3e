import { type ReadonlySignal, signal } from "@preact/signals";
import type { LocalStorage } from "../../model/local-storage.ts";

/** The panels at the right of a room. One is open at a time. */
export const PANELS = { people: "People" } as const;
export type PanelName = keyof typeof PANELS;

const KEY = "panel";

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
			if (name === undefined) storage.remove(KEY);
			else storage.set(KEY, name);
		},
	};
}

function isPanelName(value: unknown): value is PanelName {
	return typeof value === "string" && Object.hasOwn(PANELS, value);
}
