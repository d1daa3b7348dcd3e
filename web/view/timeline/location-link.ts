import type { Location } from "../../../app/protocol/message.ts";

/** Some ten centimetres: finer than any device knows. */
const DEGREE_DIGITS = 6;
const MAP_ZOOM = 16;

/** The place on OpenStreetMap, with a marker. */
export function mapUrl({ latitude, longitude }: Location): string {
	const lat = latitude.toFixed(DEGREE_DIGITS);
	const lon = longitude.toFixed(DEGREE_DIGITS);
	return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=${MAP_ZOOM}/${lat}/${lon}`;
}

/** The place for whichever map the device has. */
export function geoUrl({ latitude, longitude }: Location): string {
	const place = `${latitude.toFixed(DEGREE_DIGITS)},${longitude.toFixed(DEGREE_DIGITS)}`;
	return `geo:${place}?q=${place}`;
}

/** "52.52000° N, 13.40500° E" and how exact it is: "± 12 m", "± 3 km". */
export function describePlace({ latitude, longitude, accuracy }: Location): string {
	const place = `${degrees(latitude, "N", "S")}, ${degrees(longitude, "E", "W")}`;
	return accuracy === undefined ? place : `${place}, ± ${distance(accuracy)}`;
}

function degrees(value: number, positive: string, negative: string): string {
	return `${Math.abs(value).toFixed(4)}° ${value < 0 ? negative : positive}`;
}

function distance(metres: number): string {
	return metres < 1_000 ? `${Math.ceil(metres)} m` : `${Math.ceil(metres / 1_000)} km`;
}
