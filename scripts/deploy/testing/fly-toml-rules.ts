/**
 * The part of fly.toml that Hubbub uses, as a schema that rejects every other key: flyctl ignores unknown keys silently.
 * Transcribed from superfly/flyctl at ad0172f (2026-08-21) and superfly/fly-go at 22d6e51 (2026-08-21); each rule names its
 * file. Before another key is used, look it up there and add it here.
 */
import * as v from "valibot";

/** Go's time.ParseDuration. Rejects a number without a unit, which some keys read as nanoseconds. */
const Duration = v.pipe(
	v.string('a duration is a string with a unit, as in "30s"'),
	v.regex(/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/, 'a duration has a unit, as in "30s" or "1m30s"'),
	v.transform(seconds),
);

/** helpers.ParseSize with units.FromHumanSize (decimal), in whole gigabytes. */
const Gigabytes = v.pipe(
	v.string(),
	v.regex(/^\d+\s?gb$/i, 'a size is a string in gigabytes, as in "1gb"'),
	v.transform((text) => Number.parseInt(text, 10)),
);

/** helpers.ParseSize with units.RAMInBytes (binary), in megabytes. */
const Megabytes = v.pipe(
	v.string(),
	v.regex(/^\d+\s?[mg]b$/i, 'a memory size is a string, as in "512mb" or "1gb"'),
	v.transform((text) => Number.parseInt(text, 10) * (/g/i.test(text) ? 1024 : 1)),
);

const Port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Text = v.pipe(v.string(), v.minLength(1));

function seconds(duration: string): number {
	const unitSeconds: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600 };
	let total = 0;
	for (const [, amount, unit] of duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
		total += Number(amount) * unitSeconds[unit as string]!;
	}
	return total;
}

/** internal/appconfig/config.go `Build`. */
const Build = v.strictObject({
	image: v.optional(Text),
	dockerfile: v.optional(Text),
});

/** internal/appconfig/config.go `Deploy`; strategies: internal/appconfig/validation.go (canary can't have volumes). */
const Deploy = v.strictObject({
	strategy: v.optional(v.picklist(["rolling", "immediate", "bluegreen"])),
	release_command: v.optional(Text),
});

/** internal/appconfig/config.go `Mount`; bounds: internal/appconfig/validation.go `validateMounts`. */
const Mount = v.pipe(
	v.strictObject({
		source: Text,
		destination: v.pipe(Text, v.startsWith("/")),
		initial_size: v.optional(v.pipe(Gigabytes, v.minValue(1))),
		snapshot_retention: v.optional(v.pipe(Count, v.minValue(1), v.maxValue(60))),
		auto_extend_size_threshold: v.optional(v.pipe(Count, v.minValue(50), v.maxValue(99))),
		auto_extend_size_increment: v.optional(v.pipe(Gigabytes, v.minValue(1), v.maxValue(100))),
		auto_extend_size_limit: v.optional(v.pipe(Gigabytes, v.minValue(1), v.maxValue(500))),
	}),
	v.check((mount) => {
		const set = [mount.auto_extend_size_threshold, mount.auto_extend_size_increment, mount.auto_extend_size_limit];
		return set.every((one) => one === undefined) || set.every((one) => one !== undefined);
	}, "auto_extend_size_threshold, _increment and _limit are all set or none"),
);

/** internal/appconfig/service.go `ServiceHTTPCheck`; outside 1 s to 1 min flyctl changes the value (validation.go). */
const CheckDuration = v.pipe(Duration, v.minValue(1), v.maxValue(60));
const HttpCheck = v.strictObject({
	interval: v.optional(CheckDuration),
	timeout: v.optional(CheckDuration),
	grace_period: v.optional(CheckDuration),
	method: v.optional(v.picklist(["GET", "HEAD", "POST"])),
	path: v.optional(v.pipe(Text, v.startsWith("/"))),
});

/** fly-go machine_types.go `MachineServiceConcurrency`; types: superfly/docs reference/configuration. */
const Concurrency = v.pipe(
	v.strictObject({ type: v.picklist(["connections", "requests"]), soft_limit: Count, hard_limit: v.optional(Count) }),
	v.check(({ soft_limit, hard_limit }) => hard_limit === undefined || soft_limit <= hard_limit, "soft is over hard"),
);

/** internal/appconfig/service.go `HTTPService`; auto_stop_machines: fly-go machine_types.go `MachineAutostop`. */
const HttpService = v.strictObject({
	internal_port: Port,
	force_https: v.optional(v.boolean()),
	auto_stop_machines: v.optional(v.picklist(["off", "stop", "suspend"])),
	auto_start_machines: v.optional(v.boolean()),
	min_machines_running: v.optional(Count),
	concurrency: v.optional(Concurrency),
	checks: v.optional(v.array(HttpCheck)),
});

/** internal/appconfig/config.go `Restart`; policies: internal/appconfig/machines.go `parseRestartPolicy`. */
const Restart = v.strictObject({
	policy: v.picklist(["always", "never", "on-failure"]),
	retries: v.optional(Count),
});

/** internal/appconfig/config.go `Compute` and fly-go machine_types.go `MachineGuest`, `MachinePresets`. */
const Vm = v.strictObject({
	size: v.optional(v.pipe(Text, v.regex(/^(?:shared-cpu-(?:1|2|4|6|8)x|performance-(?:1|2|4|6|8|10|12|14|16)x)$/))),
	memory: v.optional(Megabytes),
});

/** internal/appconfig/config.go `Metrics` and fly-go machine_types.go `MachineMetrics`. */
const Metrics = v.strictObject({
	port: Port,
	path: v.optional(v.pipe(Text, v.startsWith("/"))),
});

/** internal/appconfig/config.go `Config`. */
export const FlyTomlSchema = v.strictObject({
	app: v.optional(Text),
	primary_region: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{3}$/, "a region is three letters"))),
	kill_signal: v.optional(v.pipe(v.string(), v.regex(/^SIG[A-Z0-9]+$/))),
	// At most 300 s: superfly/docs reference/configuration, "kill_timeout".
	kill_timeout: v.optional(v.pipe(Duration, v.maxValue(300))),
	swap_size_mb: v.optional(Count),
	build: v.optional(Build),
	deploy: v.optional(Deploy),
	// flyctl converts other types to strings as Go does.
	env: v.optional(v.record(v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]*$/)), v.string())),
	processes: v.optional(v.record(Text, Text)),
	mounts: v.optional(v.array(Mount)),
	http_service: v.optional(HttpService),
	restart: v.optional(v.array(Restart)),
	vm: v.optional(v.array(Vm)),
	metrics: v.optional(v.array(Metrics)),
});
