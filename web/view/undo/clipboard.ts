import { showToast } from "./undo.ts";

/** Copies a text, and shows the sentence. */
export async function copyToClipboard(text: string, sentence: string): Promise<void> {
	try {
		await navigator.clipboard.writeText(text);
		showToast(sentence);
	} catch {
		// The clipboard is not available, as without https.
		window.prompt("Copy this:", text);
	}
}
