import type { Catalog } from './csv.ts';

/** Writes the note that lies beside the catalog. */
export function writeReadme(catalog: Catalog, pictures: number, kinds: number): string {
  const rows = catalog.lessons.map(({ where, what }) => `| ${where} | ${what} |`).join('\n');
  return `# The sample catalog

What a new user of Vitrine sees first: ${pictures} pictures of clothes and accessories in ${kinds} kinds, from brands that do not exist. \`products.csv\` holds their names and facts (UTF-8, LF, comma, one header line); the column \`image\` names a file in \`images/\`.

Every picture is drawn by \`scripts/sample-catalog/\`, from seeded choices and nothing else: no photograph, no logo and no work of others is in it. To draw it again:

    node scripts/sample-catalog/draw.ts

The same script draws the same catalog every time. This file is written by it too.

Licence: MIT, like the rest of Vitrine.

## Deliberate errors

A real catalog is never clean, so this one is not either; each error shows what Vitrine does with it.

| Where | What is wrong |
|---|---|
${rows}
`;
}
