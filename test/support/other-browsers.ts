import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { launch } from "puppeteer-core";
import { Builder, Capabilities } from "selenium-webdriver";
import { freePort } from "./free-port.ts";

/** A browser that shows one page. */
export interface OtherBrowser {
  open(url: string): Promise<void>;
  /** Runs a function in the page, which may give a promise; what it takes and gives can be written as JSON. */
  run<Given extends unknown[], Result>(
    work: (...given: Given) => Result | Promise<Result>,
    ...given: Given
  ): Promise<Result>;
  close(): Promise<void>;
}

/** A browser that may be installed, and the Debian packages that bring it. */
export interface InstallableBrowser {
  readonly name: string;
  readonly packages: string;
  readonly isInstalled: boolean;
  start(): Promise<OtherBrowser>;
}

const firefox = findProgram("/usr/bin/firefox-esr", "/usr/bin/firefox");
const webKitDriver = findProgram("/usr/bin/WebKitWebDriver");
const miniBrowser = findProgram(
  ...["x86_64", "aarch64"].flatMap((machine) =>
    ["4.1", "6.0", "4.0"].map((version) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-${version}/MiniBrowser`),
  ),
);
const virtualScreen = findProgram("/usr/bin/xvfb-run");
const hasScreen = Boolean(process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]);

/** The browsers beside Chromium that the page is tried in. */
export const otherBrowsers: readonly InstallableBrowser[] = [
  { name: "Firefox", packages: "firefox-esr", isInstalled: Boolean(firefox), start: startFirefox },
  {
    name: "WebKitGTK",
    packages: "webkit2gtk-driver xvfb xauth",
    isInstalled: Boolean(webKitDriver && miniBrowser && (hasScreen || virtualScreen)),
    start: startWebKit,
  },
];

function findProgram(...paths: readonly string[]): string | undefined {
  return paths.find((path) => existsSync(path));
}

/** Firefox speaks WebDriver BiDi itself: no driver stands between. */
async function startFirefox(): Promise<OtherBrowser> {
  const browser = await launch({
    browser: "firefox",
    executablePath: firefox ?? "firefox",
    protocolTimeout: 0,
    // The size of the window, not of a simulated screen: for that, Firefox 140 ESR lacks a command.
    defaultViewport: null,
    args: ["--width=1200", "--height=800"],
  });
  const page = await browser.newPage();
  return {
    open: async (url) => void (await page.goto(url)),
    run: (work, ...given) => page.evaluate(work as never, ...given) as never,
    close: () => browser.close(),
  };
}

/** MiniBrowser behind WebKit's own driver, on a virtual screen where there is no other. */
async function startWebKit(): Promise<OtherBrowser> {
  const port = await freePort();
  const words = [webKitDriver ?? "WebKitWebDriver", `--port=${port}`];
  const [program = "", ...rest] = hasScreen ? words : [virtualScreen ?? "xvfb-run", "-a", ...words];
  // In a process group of its own, so that the virtual screen ends with it.
  const driver = spawn(program, rest, { stdio: "ignore", detached: true });
  const url = `http://127.0.0.1:${port}`;
  try {
    await answers(`${url}/status`, driver);
    const options = { binary: miniBrowser, args: ["--automation"] };
    const wanted = new Capabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": options });
    const session = await new Builder().usingServer(url).withCapabilities(wanted).build();
    await session.manage().setTimeouts({ script: 180_000 });
    return {
      open: (address) => session.get(address),
      async run(work, ...given) {
        const { value, error } = (await session.executeAsyncScript(
          `const done = arguments[1];
          Promise.resolve((${work})(...arguments[0])).then((value) => done({ value }), (error) => done({ error: String(error) }));`,
          given,
        )) as { value: never; error?: string };
        if (error !== undefined) throw new Error(error);
        return value;
      },
      async close() {
        await session.quit();
        stop(driver);
      },
    };
  } catch (error) {
    stop(driver);
    throw error;
  }
}

function stop({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid);
}

async function answers(url: string, driver: ChildProcess): Promise<void> {
  while (driver.exitCode === null) {
    const isThere = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    await wait(100);
  }
  throw new Error("WebKit's driver ended.");
}
