import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { announce } from "../controls/Announcer.tsx";
import { Icon } from "../controls/Icon.tsx";

const DONE_SHOWN_MS = 2_500;

/** Copies a link and announces it. */
export function CopyLinkButton({ link, wide = false }: { link: string; wide?: boolean }) {
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

	const icon = <Icon name={done.value ? "check" : "link"} />;
	const label = done.value ? "Link copied" : wide ? "Copy" : "Copy room link";
	return wide ? (
		<button class="button button--quiet" type="button" onClick={copy}>
			{icon}
			{wide && done.value ? "Copied" : label}
		</button>
	) : (
		<button
			class={done.value ? "icon-button icon-button--done" : "icon-button"}
			type="button"
			onClick={copy}
			aria-label={label}
			title={label}
		>
			{icon}
		</button>
	);
}
