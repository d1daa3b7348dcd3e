import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { textOrFiles } from "../../../model/excerpt.ts";
import type { MessageItem } from "../../../model/item.ts";
import type { Room } from "../../../model/room.ts";
import { timeFormat } from "../Time.tsx";
import { rowAt } from "./rows.ts";

/** A selection that reaches over several messages is copied as their names, times and texts. */
export function useCopy(room: Room, view: RefObject<HTMLElement | null>): void {
	useEffect(() => {
		const element = view.current!;
		const copy = (event: ClipboardEvent) => {
			const keys = selectedKeys(element);
			if (keys.length < 2) return;
			const items = room.items.peek().filter((item) => item.kind === "message" && keys.includes(item.key));
			event.clipboardData?.setData("text/plain", textOf(items as MessageItem[]));
			event.preventDefault();
		};
		element.addEventListener("copy", copy);
		return () => element.removeEventListener("copy", copy);
	}, [room]);
}

function selectedKeys(element: HTMLElement): string[] {
	const selection = getSelection();
	if (!selection || selection.isCollapsed) return [];
	const rows = [...element.querySelectorAll("article")].filter((row) => selection.containsNode(row, true));
	return rows.flatMap((row) => rowAt(row)?.key ?? []);
}

/** Returns the source of the texts, or what the files are, each under a line with its author and time. */
export function textOf(items: readonly MessageItem[]): string {
	return items
		.map(({ author, createdAt, content: { body, location }, files }) => {
			const text = location ? `${location.latitude}, ${location.longitude}` : textOrFiles(body, files);
			return `${author.name}, ${timeFormat.short(createdAt)}\n${text}`;
		})
		.join("\n\n");
}
