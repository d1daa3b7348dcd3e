import type { Location } from "../../../app/protocol/message.ts";
import { Icon } from "../controls/Icon.tsx";
import { describeLocation, geoUrl, mapUrl } from "./location-link.ts";

/** Only Android opens `geo:` URLs. */
const OPENS_GEO = /Android/.test(navigator.userAgent);

/** A location with a link to a map. It loads nothing from the map's server. */
export function LocationCard({ location }: { location: Location }) {
	return (
		<div class="location-card">
			<span class="location-card__pin">
				<Icon name="pin" size={22} />
			</span>
			<p class="location-card__text">
				<a href={mapUrl(location)} target="_blank" rel="noopener noreferrer nofollow">
					Location on the map
				</a>
				<span class="location-card__degrees">{describeLocation(location)}</span>
				{OPENS_GEO && <a href={geoUrl(location)}>Open in your map app</a>}
			</p>
		</div>
	);
}
