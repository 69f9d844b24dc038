// What Maven calls: `npm ci` and `vite build`, each only if what it is made of has changed since the last time.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const web = dirname(dirname(fileURLToPath(import.meta.url)));

function filesIn(path) {
  return statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => filesIn(join(path, name)))
    : [path];
}

function hashOf(...paths) {
  const hash = createHash("sha256").update(process.version);
  for (const file of paths.flatMap((path) => filesIn(join(web, path)))) {
    hash.update(file.slice(web.length)).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function doUnlessDone(what, inputs, result, stamp, deed) {
  const hash = hashOf(...inputs);
  const stampFile = join(web, stamp);
  const isDone =
    existsSync(join(web, result)) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === hash;
  if (isDone) {
    return;
  }
  console.log(`web: ${what}`);
  deed();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, hash);
}

function run(command, ...args) {
  execFileSync(command, args, { cwd: web, stdio: "inherit" });
}

const dependencies = ["package-lock.json", ".npmrc"];
const sources = ["src", "public", "index.html", "vite.config.ts", "tsconfig.json", "build"];

doUnlessDone("npm ci", dependencies, "node_modules", "node_modules/.installed", () =>
  run("npm", "ci", "--prefer-offline"),
);
doUnlessDone(
  "vite build",
  [...dependencies, "package.json", ...sources],
  "target/classes/page/index.html",
  "target/page.built",
  () => run(process.execPath, "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"),
);
