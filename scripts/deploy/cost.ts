/** Fly.io's prices in US dollars for 30 days, from superfly/docs about/pricing. Some regions cost more. */
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
/** The size of the image, rounded up; see README.md for the measurement. */
const IMAGE_GB = 0.25;
/** Beyond the 256 MB in the machine's price: fly.toml asks for 512 MB. */
const EXTRA_MEMORY_GB = 0.25;
const VOLUME_GB = 1;
/** As in the command `mpg create`: commands.ts. */
const CLUSTER_DISK_GB = 10;

/** Returns the running costs of one machine as lines for the terminal. */
export function costLines(): string[] {
	const { asOf, machine, extraMemoryPerGb, imagePerGb, volumePerGb } = PRICES;
	const asleep = IMAGE_GB * imagePerGb + VOLUME_GB * volumePerGb;
	const awake = machine + EXTRA_MEMORY_GB * extraMemoryPerGb + VOLUME_GB * volumePerGb;
	return [
		`An estimate for 30 days in US dollars, with Fly.io's prices of ${asOf}:`,
		`  suspended     ${IMAGE_GB} GB image x ${imagePerGb} + ${VOLUME_GB} GB volume x ${volumePerGb} = ${asleep.toFixed(2)}`,
		`  always on     ${machine} machine + ${EXTRA_MEMORY_GB} GB memory x ${extraMemoryPerGb} + ${VOLUME_GB} GB volume x ${volumePerGb} = ${awake.toFixed(2)}`,
		"  plus outgoing data: 0.02 per GB in Europe and North America, more elsewhere",
	];
}

/** Returns the costs of several machines for 30 days, each with its calculation. */
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

/** Returns the running costs of several machines as lines for the terminal. */
export function severalCostLines(machines: number): string[] {
	const { asOf, postgres, valkey, machine, total } = severalCost();
	return [
		`An estimate for 30 days in US dollars, with Fly.io's prices of ${asOf}. These machines are never suspended:`,
		`  Postgres      ${postgres} (none for your own Postgres)`,
		`  Valkey        ${valkey}`,
		`  each machine  ${machine}`,
		`  together      ${total(machines)} with ${machines} machines`,
		"  plus outgoing data: 0.02 per GB in Europe and North America, more elsewhere",
	];
}
