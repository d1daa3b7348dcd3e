import type { Location } from "../../../app/protocol/message.ts";

/** About ten centimetres. */
const DEGREE_DIGITS = 6;
const MAP_ZOOM = 16;

/** Returns the URL of a marker on OpenStreetMap. */
export function mapUrl({ latitude, longitude }: Location): string {
	const lat = latitude.toFixed(DEGREE_DIGITS);
	const lon = longitude.toFixed(DEGREE_DIGITS);
	return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=${MAP_ZOOM}/${lat}/${lon}`;
}

/** Returns the URL that opens the map app of the device. */
export function geoUrl({ latitude, longitude }: Location): string {
	const position = `${latitude.toFixed(DEGREE_DIGITS)},${longitude.toFixed(DEGREE_DIGITS)}`;
	return `geo:${position}?q=${position}`;
}

/** Returns for example "52.5200° N, 13.4050° E, ± 12 m". */
export function describeLocation({ latitude, longitude, accuracy }: Location): string {
	const position = `${degrees(latitude, "N", "S")}, ${degrees(longitude, "E", "W")}`;
	return accuracy === undefined ? position : `${position}, ± ${distance(accuracy)}`;
}

function degrees(value: number, positive: string, negative: string): string {
	return `${Math.abs(value).toFixed(4)}° ${value < 0 ? negative : positive}`;
}

function distance(metres: number): string {
	return metres < 1_000 ? `${Math.ceil(metres)} m` : `${Math.ceil(metres / 1_000)} km`;
}
