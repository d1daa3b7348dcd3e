import { onPath } from "../target/path.ts";
import type { Result } from "./result.ts";

type Where = Pick<Result, "target">;

/** Which deployment a load went to. */
export function deployment({ target }: Where): string {
	return target.isOurs ? ourServers(target.urls.length) : target.urls.join(" and ");
}

export function ourServers(count: number): string {
	return count === 1 ? "a server of our own" : `${count} servers of our own`;
}

/** Over which way: a figure from afar says something else than one from beside. */
export function way({ target }: Where): string {
	return onPath(target.path);
}
