// check-sbom.cjs SBOM LIB: everything in the product may be distributed with software under Apache-2.0, and the SBOM names
// exactly what is in it.
const fs = require('fs');

// One of them must be offered. EPL-2.0 is Logback's, whose other choice is LGPL.
const GOOD = new Set(['Apache-2.0', 'MIT', 'BSD-2-Clause', 'BSD-3-Clause', 'EPL-2.0']);

const [sbom, lib] = process.argv.slice(2);
const { components } = JSON.parse(fs.readFileSync(sbom, 'utf8'));
const flaws = [];

for (const { group, name, version, licenses = [] } of components) {
  const offered = licenses.map(({ expression, license }) => expression ?? license.id ?? license.name);
  if (!offered.some((each) => GOOD.has(each))) {
    flaws.push(`${group}:${name}:${version} is under ${offered.join(' or ') || 'no licence'}; take another, or add it to GOOD with the reason`);
  }
}

const named = new Set(components.map(({ name, version }) => `${name}-${version}.jar`));
const present = new Set(fs.readdirSync(lib));
flaws.push(...[...named].filter((each) => !present.has(each)).map((each) => `${each} is in ${sbom} alone`));
flaws.push(...[...present].filter((each) => !named.has(each)).map((each) => `${each} is in ${lib} alone`));

if (flaws.length > 0) {
  console.error(flaws.join('\n'));
  process.exitCode = 1;
} else {
  console.log(`${sbom}: ${components.length} components, each under a licence that goes with Apache-2.0`);
}
