import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Drawer } from "../controls/Drawer.tsx";
import { LoadFailure } from "./LoadFailure.tsx";
import type { LazyPart } from "./lazy-part.ts";

type Props<Module> = {
	part: LazyPart<Module>;
	/** Draws the part. */
	children: (module: Module) => ComponentChildren;
	/** Drawn until the part is loaded. Default: nothing. */
	pending?: ComponentChildren;
	/** Drawn if it could not be loaded. Default: a sentence with a button to try again. */
	failed?: ComponentChildren;
};

/** Loads a part of the page and draws it. */
export function Loaded<Module>({ part, children, pending, failed }: Props<Module>) {
	useEffect(() => void part.load(), [part]);
	const module = part.module.value;
	if (module !== undefined) return <>{children(module)}</>;
	return <>{part.failed.value ? (failed ?? <LoadFailure part={part} />) : pending}</>;
}

/** Loads a dialog, which opens as soon as it is complete. */
export function LoadedDialog<Module>(props: Props<Module> & { onClose: () => void }) {
	const failed = (
		<Drawer from="middle" label="Not loaded" onClose={props.onClose}>
			<LoadFailure part={props.part} />
		</Drawer>
	);
	return <Loaded {...props} failed={failed} />;
}
