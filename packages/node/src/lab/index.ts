export { readPageScripts } from "./pages/read-page-scripts.ts";
