/**
 * Checks the structure of src/:
 *
 * - No modules import each other in a circle, not even for types only.
 * - Each module with code of its own has a test in `__tests__` beside it, and each test a module.
 * - No file has more than 300 lines, and no folder more than 20 files.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

const MAX_LINES = 300;
const MAX_FILES = 20;

/**
 * Modules without a test of their own, and why.
 */
const UNTESTED = {
  'commands.ts': 'ids only; the test of index.ts compares them with the menus',
  'icons.ts': 'three icons',
  'tokens.ts': 'types, and one token'
};

/**
 * Folders whose modules one test holds together, so that a new one is tested, too.
 */
const TESTED_AS_ONE = {
  'components/jobs/kinds/': 'components/jobs/__tests__/kindOf.spec.tsx'
};

/**
 * Tests of several modules together.
 */
const JOINT_TESTS = {
  'components/jobs/__tests__/guide.spec.tsx':
    'the example of CONTRIBUTING.md, compiled and shown',
  'components/form/__tests__/EntryFormErrors.spec.tsx':
    'the errors of the whole form'
};

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', 'src');

const files = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map(entry =>
    relative(ROOT, join(entry.parentPath ?? entry.path, entry.name))
  )
  .filter(file => !file.endsWith('.d.ts'))
  .sort();
const texts = new Map(
  files.map(file => [file, readFileSync(join(ROOT, file), 'utf-8')])
);
const isTest = file => file.includes('__tests__/');
const modules = files.filter(file => !isTest(file));

const problems = [...circles(importsOf(modules)), ...mirrors(), ...sizes()];
problems.forEach(problem => console.error(problem));
process.exitCode = problems.length > 0 ? 1 : 0;

/**
 * For each module, the modules that it imports.
 */
function importsOf(modules) {
  return new Map(
    modules.map(file => {
      const { importedFiles } = ts.preProcessFile(texts.get(file), true, true);
      const found = importedFiles
        .filter(({ fileName }) => fileName.startsWith('.'))
        .map(({ fileName }) => moduleAt(resolve('/', dirname(file), fileName)))
        .filter(Boolean);
      return [file, found];
    })
  );
}

function moduleAt(path) {
  return ['.ts', '.tsx', '/index.ts']
    .map(ending => path.slice(1) + ending)
    .find(file => texts.has(file));
}

/**
 * Each circle once, from a module through its imports back to itself.
 */
function circles(imports) {
  const found = [];
  const done = new Set();
  const visit = (file, trail) => {
    const at = trail.indexOf(file);
    if (at >= 0) {
      found.push(`Circle: ${[...trail.slice(at), file].join(' → ')}`);
    } else if (!done.has(file)) {
      imports.get(file).forEach(next => visit(next, [...trail, file]));
      done.add(file);
    }
  };
  [...imports.keys()].forEach(file => visit(file, []));
  return found;
}

function mirrors() {
  const tests = new Map(
    files
      .filter(file => /\.spec\.tsx?$/.test(file))
      .map(file => [
        file.replace('__tests__/', '').replace(/\.spec\.tsx?$/, ''),
        file
      ])
  );
  const nameOf = file => file.replace(/\.tsx?$/, '');
  const names = new Set(modules.map(nameOf));
  return [
    ...modules
      .filter(file => !tests.has(nameOf(file)) && hasCode(file))
      .filter(file => !(file in UNTESTED) && !isTestedAsOne(file))
      .map(file => `No test: ${file}`),
    ...Object.keys(UNTESTED)
      .filter(file => tests.has(nameOf(file)) || !texts.has(file))
      .map(file => `Needless exception: ${file}`),
    ...[...tests]
      .filter(([name, file]) => !names.has(name) && !(file in JOINT_TESTS))
      .map(([, file]) => `No module for ${file}`)
  ];
}

function isTestedAsOne(file) {
  return Object.entries(TESTED_AS_ONE).some(
    ([folder, test]) => file.startsWith(folder) && texts.has(test)
  );
}

/**
 * Whether a module is more than types and what it passes on from others.
 */
function hasCode(file) {
  const { outputText } = ts.transpileModule(texts.get(file), {
    compilerOptions: {
      jsx: ts.JsxEmit.React,
      module: ts.ModuleKind.ESNext,
      removeComments: true,
      target: ts.ScriptTarget.ESNext
    }
  });
  const { statements } = ts.createSourceFile(file, outputText, 'latest');
  return statements.some(
    statement =>
      !ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)
  );
}

function sizes() {
  const folders = new Map();
  const long = [];
  for (const [file, text] of texts) {
    const folder = dirname(file);
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
    const lines = text.split('\n').length - 1;
    if (lines > MAX_LINES) {
      long.push(`${file} has ${lines} lines, more than ${MAX_LINES}`);
    }
  }
  const full = [...folders]
    .filter(([, count]) => count > MAX_FILES)
    .map(
      ([folder, count]) =>
        `${folder}/ has ${count} files, more than ${MAX_FILES}`
    );
  return [...long, ...full];
}
