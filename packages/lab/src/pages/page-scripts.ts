/** The scripts that pages run in the browser, each named as its file in `packages/lab/browser`. */
export const pageScriptNames = ["theme-switch", "sortable-table", "metric-choice", "viewer"] as const;

/** One of `pageScriptNames`. */
export type PageScriptName = (typeof pageScriptNames)[number];

/**
 * The JavaScript text of every page script. The package builds the files `@kindling/lab/browser/<name>.js`; the caller reads
 * them, on Node by `readPageScripts` of `@kindling/node/lab`.
 */
export type PageScripts = Readonly<Record<PageScriptName, string>>;
