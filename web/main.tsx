import { render } from "preact";
import { createConnection } from "./connection/connection.ts";
import { browserPageLife } from "./connection/page-life.ts";
import { reloadOnce } from "./connection/reload-once.ts";
import { createChat } from "./model/chat.ts";
import { browserMemory } from "./model/memory.ts";
import { openPendingDatabase } from "./model/pending-database.ts";
import "./style.css";
import { App } from "./view/App.tsx";
import { bindAddressBar } from "./view/address-bar.ts";
import { followViewportHeight } from "./view/viewport-height.ts";

const connection = createConnection({
	life: browserPageLife(),
	reload: () =>
		reloadOnce(
			() => sessionStorage,
			() => location.reload(),
		),
});
const chat = createChat({
	connection,
	memory: browserMemory(() => localStorage),
	pendingStore: openPendingDatabase(),
	geolocation: navigator.geolocation,
});

followViewportHeight();
render(<App chat={chat} refusal={bindAddressBar(chat)} />, document.getElementById("app")!);
