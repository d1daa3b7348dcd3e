/**
 * Fly.io's prices in US dollars for 30 days, from superfly/docs about/pricing as of the date below. A region can cost
 * more; data sent out is extra (0.02 a GB in Europe and North America).
 */
const PRICES = {
	asOf: "2026-08-05",
	/** shared-cpu-1x with its 256 MB. */
	machine: 2.02,
	extraMemoryPerGb: 5,
	/** The root file system of a machine that is stopped or suspended. */
	imagePerGb: 0.15,
	volumePerGb: 0.15,
};
/** The image's size, rounded up; README.md says how it was measured. */
const IMAGE_GB = 0.25;
/** Beyond the 256 MB in the machine's price: fly.toml asks for 512 MB. */
const EXTRA_MEMORY_GB = 0.25;
const VOLUME_GB = 1;

/** What it costs to leave it running, with the sum, as lines for the terminal. */
export function costLines(): string[] {
	const { asOf, machine, extraMemoryPerGb, imagePerGb, volumePerGb } = PRICES;
	const asleep = IMAGE_GB * imagePerGb + VOLUME_GB * volumePerGb;
	const awake = machine + EXTRA_MEMORY_GB * extraMemoryPerGb + VOLUME_GB * volumePerGb;
	return [
		`An estimate for 30 days in US dollars, with Fly.io's prices of ${asOf}:`,
		`  nobody there  ${IMAGE_GB} GB image x ${imagePerGb} + ${VOLUME_GB} GB volume x ${volumePerGb} = ${asleep.toFixed(2)}`,
		`  never empty   ${machine} machine + ${EXTRA_MEMORY_GB} GB memory x ${extraMemoryPerGb} + ${VOLUME_GB} GB volume x ${volumePerGb} = ${awake.toFixed(2)}`,
		"  and what it sends: 0.02 a GB in Europe and North America, more elsewhere",
	];
}
