/** Runs in the head, before anything is drawn, so that a chosen theme is there from the first frame on. */
import { applyTheme, storedTheme } from "./view/theme-choice.ts";

applyTheme(storedTheme());
