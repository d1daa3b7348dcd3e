import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { announce } from "../../controls/Announcer.tsx";
import type { CodeToken } from "./highlight.ts";
import { highlightLater } from "./highlighter.ts";

const DONE_SHOWN_MS = 2_500;

/** A fenced block: its language, a button that copies it, and the code, which is coloured a moment later. */
export function CodeBlock({ code, language }: { code: string; language: string }) {
	const tokens = useSignal<CodeToken[] | undefined>(undefined);
	const copied = useSignal(false);
	const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
	const element = useRef<HTMLElement>(null);
	useEffect(() => () => clearTimeout(timer.current), []);
	useEffect(() => {
		tokens.value = undefined;
		return highlightLater(code, language, (highlighted) => {
			tokens.value = highlighted;
		});
	}, [code, language]);

	async function copy(): Promise<void> {
		try {
			await navigator.clipboard.writeText(code);
		} catch {
			// The clipboard is not available, as without https: the code is selected, to be copied by key.
			if (element.current) getSelection()?.selectAllChildren(element.current);
			return;
		}
		copied.value = true;
		announce("Code copied.");
		clearTimeout(timer.current);
		timer.current = setTimeout(() => {
			copied.value = false;
		}, DONE_SHOWN_MS);
	}

	return (
		<div class="code" dir="ltr">
			<div class="code__head">
				<span class="code__language">{language || "Code"}</span>
				<button class="code__copy" type="button" onClick={copy} aria-label="Copy code">
					{copied.value ? "Copied" : "Copy"}
				</button>
			</div>
			{/* biome-ignore lint/a11y: an element that scrolls needs the focus, and so a role and a name */}
			<pre class="code__lines" tabIndex={0} role="group" aria-label={language ? `Code, ${language}` : "Code"}>
				<code ref={element}>
					{tokens.value === undefined
						? code
						: tokens.value.map(({ kind, text }, index) =>
								kind === undefined ? (
									text
								) : (
									<span key={index} class={`code__${kind}`}>
										{text}
									</span>
								),
							)}
				</code>
			</pre>
		</div>
	);
}
