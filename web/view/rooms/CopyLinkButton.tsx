import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { announce } from "../controls/Announcer.tsx";
import { Icon } from "../controls/Icon.tsx";

const DONE_SHOWN_MS = 2_500;

/** Copies a link and announces it. */
export function CopyLinkButton({ link }: { link: string }) {
	const done = useSignal(false);
	const timer = useRef(0);
	useEffect(() => () => clearTimeout(timer.current), []);

	async function copy(): Promise<void> {
		try {
			await navigator.clipboard.writeText(link);
		} catch {
			// The clipboard is not available, as without https.
			window.prompt("Copy this link:", link);
			return;
		}
		done.value = true;
		announce("Link copied.");
		clearTimeout(timer.current);
		timer.current = window.setTimeout(() => {
			done.value = false;
		}, DONE_SHOWN_MS);
	}

	return (
		<button class="button button--quiet" type="button" onClick={copy}>
			<Icon name={done.value ? "check" : "link"} />
			{done.value ? "Copied" : "Copy"}
		</button>
	);
}
