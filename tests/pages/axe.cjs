// axe-core on a page, as it is: what it finds, a line for each rule, with `what` was looked at.
const axe = require("fs").readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

async function axe_finds_nothing(page, what) {
  if (!(await page.evaluate(() => window.axe))) await page.evaluate(axe);
  const found = await page.evaluate((runOnly) => window.axe.run(document, { runOnly, resultTypes: ["violations"], preload: false, iframes: false }),
    ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
  return found.violations.map((rule) => `${what}: ${rule.id}: ${rule.nodes.map((node) => node.html.slice(0, 200)).join(" ")}`);
}

module.exports = { axe_finds_nothing };
