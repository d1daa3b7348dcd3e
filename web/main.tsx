import { render } from "preact";
import { browserPageLifecycle } from "./connection/page-lifecycle.ts";
import { reloadOnce } from "./connection/reload-once.ts";
import { createServerConnection } from "./connection/server-connection.ts";
import { createTransportMemory } from "./connection/transport-memory.ts";
import { createChatModel } from "./model/chat-model.ts";
import { loadPendingDatabase } from "./model/load-pending-database.ts";
import { openLocalStorage } from "./model/local-storage.ts";
import "./style.css";
import { App } from "./view/App.tsx";
import { bindAddressBar } from "./view/address-bar.ts";
import { createPanelChoice } from "./view/panel/panel-choice.ts";
import { finishUndoable } from "./view/undo/undo.ts";
import { followViewportHeight } from "./view/viewport-height.ts";

const lifecycle = browserPageLifecycle();
const storage = openLocalStorage(() => localStorage);
const connection = createServerConnection({
	lifecycle,
	transports: createTransportMemory(storage),
	reload: () =>
		reloadOnce(
			() => sessionStorage,
			() => location.reload(),
		),
});
const chat = createChatModel({ connection, storage, pendingStore: loadPendingDatabase(), lifecycle });

followViewportHeight();
addEventListener("pagehide", finishUndoable);
const panel = createPanelChoice(storage);
render(<App chat={chat} refusal={bindAddressBar(chat)} panel={panel} />, document.getElementById("app")!);
