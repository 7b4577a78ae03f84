// The editors' desk in a real browser, one case at a time. usage: desk.cjs SOCKET
// One program and one browser for all cases: each is asked for by a POST of its name to the socket, with what it is given,
//   {"root": the desk's URL, "folder": its own, "password", "code" of a first visit, "jingle", "carnet", "station"}.
// Nothing is timed: each step waits for what it needs, and the whole is stopped by bats when that never comes.
const { chromium } = require("playwright-core");
const http = require("http");
const { given, told } = require("./desk_helpers.cjs");
const cases = { ...require("./desk_editing.cjs"), ...require("./desk_everybody.cjs") };

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
    args: ["--no-sandbox", "--disable-gpu", "--mute-audio"], handleSIGTERM: false });
  process.once("SIGTERM", () => browser.close().then(() => process.exit()));
  http.createServer(async (request, answer) => {
    let asked = "";
    for await (const some of request) asked += some;
    for (const name of Object.keys(given)) delete given[name];
    Object.assign(given, JSON.parse(asked));
    told.length = 0;
    const failed = await cases[request.url.slice(1)](browser).then(() => [], (error) => [error.stack]);
    for (const context of browser.contexts()) await context.close();
    answer.writeHead(failed.length ? 500 : 200).end([...told, ...failed, ""].join("\n"));
  }).listen(process.argv[2]);
})();
