import { useEffect, useRef } from "preact/hooks";
import { announce } from "../controls/Announcer.tsx";

/** New recovery codes, which are shown once: to copy, or to keep as a file. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), [codes]);
	const text = `${codes.join("\n")}\n`;

	async function copy(): Promise<void> {
		const isCopied = await navigator.clipboard.writeText(text).then(
			() => true,
			() => false,
		);
		announce(isCopied ? "Recovery codes copied." : "Your browser doesn't allow copying here. Download the codes.");
	}

	return (
		<div class="invitation">
			<h4 class="codes__title" ref={heading} tabIndex={-1}>
				Your recovery codes
			</h4>
			<p class="invitation__lead">
				Each signs you in once, if you lose your devices. They are shown only now: keep them where you keep passwords.
			</p>
			<ul class="codes">
				{codes.map((code) => (
					<li key={code}>
						<code>{code}</code>
					</li>
				))}
			</ul>
			<div class="codes__actions">
				<button class="button button--quiet" type="button" onClick={copy}>
					Copy
				</button>
				<a
					class="button button--quiet"
					href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
					download="recovery-codes.txt"
				>
					Download
				</a>
				<button class="button button--quiet" type="button" onClick={onDone}>
					I have them
				</button>
			</div>
		</div>
	);
}
