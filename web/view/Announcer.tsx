import { announcement } from "./announce.ts";

/** Where what {@link announcement} says is read aloud. It stands in the page from the start: a late one is not heard. */
export function Announcer() {
	return (
		<p class="aloud" role="status">
			{announcement}
		</p>
	);
}
