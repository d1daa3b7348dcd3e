import type { LazyPart } from "./lazy-part.ts";

/** Shown in place of a part that could not be loaded. After a deployment only a reload finds its files. */
export function LoadFailure({ part }: { part: LazyPart<unknown> }) {
	return (
		<p class="load-failure" role="alert">
			This part of the page couldn't be loaded. Check your connection.{" "}
			<button class="text-button" type="button" onClick={() => part.load()}>
				Try again
			</button>{" "}
			<button class="text-button" type="button" onClick={() => location.reload()}>
				Reload the page
			</button>
		</p>
	);
}
