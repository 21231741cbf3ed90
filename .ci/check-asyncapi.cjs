// Reads an AsyncAPI document as its tools do, and fails on whatever they call an error.
const { Parser, fromFile } = require('@asyncapi/parser');

const ERROR = 0;
const file = process.argv[2];

fromFile(new Parser(), file).parse().then(({ document, diagnostics }) => {
  const errors = diagnostics.filter((each) => each.severity === ERROR);
  for (const { path, range, message } of errors) {
    console.error(`${file}:${range.start.line + 1}: ${path.join('/')}: ${message}`);
  }
  if (errors.length > 0 || document === undefined) {
    process.exitCode = 1;
  } else {
    console.log(`${file}: ${document.allMessages().length} messages, no errors`);
  }
});
