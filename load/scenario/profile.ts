import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import yaml from "js-yaml";
import { readMix } from "../command-line/mix.ts";
import { PACES, readSetting, SETTING_NAMES, type SettingName, type Settings, SIZES } from "../command-line/settings.ts";
import { BadInput } from "../kit/cli.ts";

/** A scenario file for Artillery, with the settings of a load. */
export type Profile = {
	name: string;
	/** The comment at the top of the file. */
	summary: string;
	/** The settings under `config.load`. */
	load: Partial<Settings>;
	/** The rest of `config`, which Artillery gets unchanged. */
	config: Record<string, unknown>;
	scenarios: Scenario[];
};

export type Step = Record<string, unknown> & { function?: string; connect?: Record<string, unknown>; loop?: Step[] };
export type Scenario = Record<string, unknown> & { engine: string; flow: Step[] };

const FOLDER = join(import.meta.dirname, "..", "profiles");
const PROCESSOR = join(import.meta.dirname, "..", "processor", "processor.mts");

export function profileNames(): string[] {
	return readdirSync(FOLDER).map((file) => basename(file, extname(file)));
}

/** Reads a profile: one that comes with the harness by its name, any other by the path of its YAML file. */
export function readProfile(nameOrPath: string): Profile {
	const file = /\.ya?ml$/.test(nameOrPath) ? resolve(nameOrPath) : join(FOLDER, `${nameOrPath}.yml`);
	if (!existsSync(file)) {
		throw new BadInput(
			`There is no profile "${nameOrPath}". Use one of ${profileNames().join(", ")}, or the path of a .yml file.`,
		);
	}
	return parseProfile(readFileSync(file, "utf8"), file);
}

export function parseProfile(text: string, file: string): Profile {
	const { config = {}, scenarios } = loadYaml(text, file);
	if (!isRecord(config)) throw new BadInput(`${file}: "config" is a block of settings.`);
	if (!Array.isArray(scenarios) || scenarios.length === 0 || !scenarios.every(isScenario)) {
		throw new BadInput(
			`${file}: "scenarios" is a list in which each one has "engine: socketio-v3" and a "flow" of steps; ` +
				"load/profiles/smoke.yml is an example.",
		);
	}
	const { load = {}, processor, ...rest } = config;
	return {
		name: basename(file, extname(file)),
		summary: /^#\s*(.*)/.exec(text)?.[1] ?? "",
		load: parseLoad(load, file),
		config: { ...rest, processor: typeof processor === "string" ? resolve(dirname(file), processor) : PROCESSOR },
		scenarios,
	};
}

function parseLoad(load: unknown, file: string): Partial<Settings> {
	if (!isRecord(load)) throw new BadInput(`${file}: "config.load" is a block of settings.`);
	const settings: Partial<Settings> = {};
	for (const [key, value] of Object.entries(load)) {
		if (key === "pace") {
			settings.pace = oneOf(PACES, key, value, file);
		} else if (key === "sizes") {
			settings.sizes = oneOf(SIZES, key, value, file);
		} else if (key === "mix") {
			const mix = readMix(value);
			if (typeof mix === "string") throw new BadInput(`${file}: ${mix}`);
			settings.mix = mix;
		} else if (key === "soak") {
			if (typeof value !== "boolean") throw new BadInput(`${file}: soak is true or false.`);
			settings.soak = value;
		} else if (SETTING_NAMES.includes(key as SettingName)) {
			const number = readSetting(key as SettingName, value);
			if (typeof number === "string") throw new BadInput(`${file}: ${number}`);
			settings[key as SettingName] = number;
		} else {
			const known = [...SETTING_NAMES, "pace", "sizes", "mix", "soak"].join(", ");
			throw new BadInput(`${file}: "config.load" has no setting "${key}". It has ${known}.`);
		}
	}
	return settings;
}

function oneOf<T extends string>(choices: readonly T[], key: string, value: unknown, file: string): T {
	const chosen = choices.find((choice) => choice === value);
	if (chosen === undefined) throw new BadInput(`${file}: ${key} is one of ${choices.join(", ")}.`);
	return chosen;
}

function loadYaml(text: string, file: string): Record<string, unknown> {
	try {
		const value = yaml.load(text);
		if (isRecord(value)) return value;
	} catch (error) {
		throw new BadInput(`${file} is not YAML: ${(error as Error).message}`);
	}
	throw new BadInput(`${file} is not a scenario file; load/profiles/smoke.yml is an example.`);
}

function isScenario(value: unknown): value is Scenario {
	return isRecord(value) && value.engine === "socketio-v3" && Array.isArray(value.flow) && value.flow.every(isRecord);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
