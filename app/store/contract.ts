import { appendingContract } from "./contract/appending.ts";
import type { OpenForTest } from "./contract/fixture.ts";
import { keepingContract } from "./contract/keeping.ts";
import { moderatingContract } from "./contract/moderating.ts";
import { readingContract } from "./contract/reading.ts";
import { removingContract } from "./contract/removing.ts";
import { sessionsContract } from "./contract/sessions.ts";

/** The suite that every store passes; `open` gives each test an empty store of its own. */
export function storeContract(name: string, open: OpenForTest): void {
	appendingContract(name, open);
	readingContract(name, open);
	removingContract(name, open);
	keepingContract(name, open);
	sessionsContract(name, open);
	moderatingContract(name, open);
}
