/** Applies the stored theme. Runs in the document's head, before the first frame. */
import { applyTheme, storedTheme } from "./view/settings/theme-choice.ts";

applyTheme(storedTheme());
