// Copies the browser libraries of the pages into static/vendor, each with the licences of all that is
// bundled in it: `npm run vendor`, or `make vendor`, which installs them first.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const VENDOR = "service/montages/web/static/vendor";
const LIBRARIES = {
  "htmx.org": ["dist/htmx.min.js"],
  "@picocss/pico": ["css/pico.classless.min.css"],
  "swagger-ui-dist": ["swagger-ui-bundle.js", "swagger-ui.css"],
  "@zazuko/yasgui": ["build/yasgui.min.js", "build/yasgui.min.css"],
};

/** Return the folders of a package and of all that it needs. */
function closure(name, folders = new Set()) {
  const folder = join("node_modules", name);
  if (!existsSync(folder) || folders.has(folder)) return folders;
  folders.add(folder);
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  for (const needed of Object.keys(dependencies)) closure(needed, folders);
  return folders;
}

/** Return the notice of a package: its name, and its licence files, else the licence it names. */
function notice(folder) {
  const { name, version, license = "" } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
  return [`${name} ${version} ${license}`.trim(), ...texts].join("\n\n");
}

mkdirSync(VENDOR, { recursive: true });
for (const [name, files] of Object.entries(LIBRARIES)) {
  for (const file of files) copyFileSync(join("node_modules", name, file), join(VENDOR, basename(file)));
  const notices = [...closure(name)].map(notice);
  writeFileSync(join(VENDOR, `${basename(name)}.LICENSE.txt`), notices.join(`\n\n${"-".repeat(80)}\n\n`) + "\n");
}
