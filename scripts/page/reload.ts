const SCRIPT = "reload.js";
const STAMP = "reload.txt";

/** Loads the reload script, in index.html during development. */
export const RELOAD_TAG = `<script src="/${SCRIPT}" defer></script>`;

/**
 * Returns the files that make a page reload: a script that polls a file with the time of the build once a second. It works
 * with any server and with the content security policy of the page.
 */
export function reloadFiles(): Record<string, string> {
	const script = `let seen;
setInterval(async () => {
	const response = await fetch("/${STAMP}", { cache: "no-store" }).catch(() => undefined);
	if (!response?.ok) return;
	const stamp = await response.text();
	seen ??= stamp;
	if (stamp !== seen) location.reload();
}, 1000);
`;
	return { [SCRIPT]: script, [STAMP]: String(Date.now()) };
}
