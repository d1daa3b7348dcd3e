/**
 * Whether a key belongs to an input method, which composes a character with it. Safari ends the composition before its last
 * key, which has the code 229.
 */
export function isComposing(event: KeyboardEvent): boolean {
	return event.isComposing || event.keyCode === 229;
}
