const SCRIPT = "reload.js";
const STAMP = "reload.txt";

/** What a page under development references beside its own files. */
export const RELOAD_TAG = `<script src="/${SCRIPT}" defer></script>`;

/**
 * The files of a page that reloads itself: its script asks for a small file once a second, and reloads when that has
 * changed. So any server will do, and the content security policy stays as it is.
 */
export function reloadFiles(): Record<string, string> {
	const script = `let seen;
setInterval(async () => {
	const answer = await fetch("/${STAMP}", { cache: "no-store" }).catch(() => undefined);
	if (!answer?.ok) return;
	const stamp = await answer.text();
	seen ??= stamp;
	if (stamp !== seen) location.reload();
}, 1000);
`;
	return { [SCRIPT]: script, [STAMP]: String(Date.now()) };
}
