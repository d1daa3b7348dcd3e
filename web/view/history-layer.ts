/** Something that covers the page and that Back closes, as on a phone. Each adds an entry to the history of the browser. */

/** In the state of a history entry that a layer has added. */
type LayerState = { layer: number } | null;

let layers = 0;
/** Goes back over the entry of a layer that has just been closed, unless another one opens in its place. */
let goingBack: ReturnType<typeof setTimeout> | undefined;
/** Whether the browser has been asked to go back and has not done so yet. */
let isTraversing = false;

/** Adds an entry for a layer. Returns a function for when the layer closes in another way than by Back. */
export function openLayer(onBack: () => void): () => void {
	const layer = ++layers;
	const handle = () => {
		if (layerOfEntry() === layer) return;
		removeEventListener("popstate", handle);
		onBack();
	};
	addEntry(layer, () => addEventListener("popstate", handle));
	return () => {
		removeEventListener("popstate", handle);
		// Another room may have taken the place of the entry.
		if (layerOfEntry() === layer) goingBack = setTimeout(goBack);
	};
}

/** Whether the entry of the history belongs to a layer, so that the next room takes its place. */
export function isLayerEntry(): boolean {
	return layerOfEntry() !== undefined;
}

function addEntry(layer: number, onAdded: () => void): void {
	const state: LayerState = { layer };
	if (isTraversing) {
		addEventListener("popstate", () => addEntry(layer, onAdded), { once: true });
		return;
	}
	if (goingBack === undefined) history.pushState(state, "");
	else history.replaceState(state, "");
	clearTimeout(goingBack);
	goingBack = undefined;
	onAdded();
}

function goBack(): void {
	goingBack = undefined;
	if (!isLayerEntry()) return;
	isTraversing = true;
	addEventListener(
		"popstate",
		() => {
			isTraversing = false;
		},
		{ once: true },
	);
	history.back();
}

function layerOfEntry(): number | undefined {
	return (history.state as LayerState)?.layer;
}
