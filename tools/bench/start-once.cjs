// One cold start, as Lambda's: loads a folder's index.js and calls its handler once, with the event of a file.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const [folder, eventFile] = process.argv.slice(2);
const { handler } = require(join(folder, "index.js"));
handler(JSON.parse(readFileSync(eventFile, "utf8"))).then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
