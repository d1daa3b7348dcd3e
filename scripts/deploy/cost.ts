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
	/** Managed Postgres, plan Basic: 2 shared CPUs, 1 GB, two nodes. From superfly/docs mpg/index. */
	cluster: 38,
	clusterDiskPerGb: 0.28,
};
/** The image's size, rounded up; README.md says how it was measured. */
const IMAGE_GB = 0.25;
/** Beyond the 256 MB in the machine's price: fly.toml asks for 512 MB. */
const EXTRA_MEMORY_GB = 0.25;
const VOLUME_GB = 1;
/** What `mpg create` asks for: commands.ts. */
const CLUSTER_DISK_GB = 10;

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

/** What several machines cost for 30 days, each part as its sum. */
export function severalCost() {
	const { asOf, machine, extraMemoryPerGb, cluster, clusterDiskPerGb } = PRICES;
	const each = machine + EXTRA_MEMORY_GB * extraMemoryPerGb;
	const postgres = cluster + CLUSTER_DISK_GB * clusterDiskPerGb;
	return {
		asOf,
		postgres: `${cluster} plan + ${CLUSTER_DISK_GB} GB x ${clusterDiskPerGb} = ${postgres.toFixed(2)}`,
		valkey: machine.toFixed(2),
		machine: `${machine} machine + ${EXTRA_MEMORY_GB} GB memory x ${extraMemoryPerGb} = ${each.toFixed(2)}`,
		total: (machines: number) => (postgres + machine + machines * each).toFixed(2),
	};
}

/** What it costs to leave several machines running, as lines for the terminal. */
export function severalCostLines(machines: number): string[] {
	const { asOf, postgres, valkey, machine, total } = severalCost();
	return [
		`An estimate for 30 days in US dollars, with Fly.io's prices of ${asOf}; nothing of it ever sleeps:`,
		`  Postgres      ${postgres} (yours costs what it costs)`,
		`  Valkey        ${valkey}`,
		`  each machine  ${machine}`,
		`  together      ${total(machines)} with ${machines} machines`,
		"  and what they send: 0.02 a GB in Europe and North America, more elsewhere",
	];
}
