import { render } from "preact";
import { browserPageLifecycle } from "./connection/page-lifecycle.ts";
import { reloadOnce } from "./connection/reload-once.ts";
import { createServerConnection } from "./connection/server-connection.ts";
import { createChatModel } from "./model/chat-model.ts";
import { openLocalStorage } from "./model/local-storage.ts";
import { openPendingDatabase } from "./model/pending-database.ts";
import "./style.css";
import { App } from "./view/App.tsx";
import { bindAddressBar } from "./view/address-bar.ts";
import { createPanelChoice } from "./view/panel/panel-choice.ts";
import { finishUndoable } from "./view/undo/undo.ts";
import { followViewportHeight } from "./view/viewport-height.ts";

const lifecycle = browserPageLifecycle();
const connection = createServerConnection({
	lifecycle,
	reload: () =>
		reloadOnce(
			() => sessionStorage,
			() => location.reload(),
		),
});
const storage = openLocalStorage(() => localStorage);
const chat = createChatModel({ connection, storage, pendingStore: openPendingDatabase(), lifecycle });

followViewportHeight();
addEventListener("pagehide", finishUndoable);
const panel = createPanelChoice(storage);
render(<App chat={chat} refusal={bindAddressBar(chat)} panel={panel} />, document.getElementById("app")!);
