import type { Location } from "../../../app/protocol/message.ts";
import { Icon } from "../Icon.tsx";
import { describePlace, geoUrl, mapUrl } from "./location-link.ts";

/** Only there an address of the form `geo:` opens something. */
const OPENS_GEO = /Android/.test(navigator.userAgent);

/** A place, as a link to a map: nothing is fetched to show it. */
export function LocationCard({ location }: { location: Location }) {
	return (
		<div class="place">
			<span class="place__pin">
				<Icon name="pin" size={22} />
			</span>
			<p class="place__text">
				<a href={mapUrl(location)} target="_blank" rel="noopener noreferrer nofollow">
					Location on the map
				</a>
				<span class="place__degrees">{describePlace(location)}</span>
				{OPENS_GEO && <a href={geoUrl(location)}>Open in your map app</a>}
			</p>
		</div>
	);
}
