import js from '@eslint/js';
import jupyterPlugin from '@jupyter/eslint-plugin';
import { defineConfig } from 'eslint/config';
import prettierRecommended from 'eslint-plugin-prettier/recommended';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * The rooms of src/ from the ground up. Each may import the rooms that it names, and itself.
 */
const ROOMS = {
  types: [],
  guide: [],
  api: ['types'],
  models: ['types', 'api'],
  components: ['types'],
  hooks: ['types', 'api', 'models', 'components'],
  actions: ['types', 'api', 'models'],
  panes: ['types', 'models', 'components', 'hooks', 'actions'],
  widgets: ['types', 'api', 'models', 'components', 'hooks', 'actions', 'panes']
};

/**
 * JupyterLab's renderers know commands, fetch images and draw diagrams: nothing that other people
 * wrote may reach them.
 */
const OTHER_RENDERERS = [
  {
    regex:
      '^(@jupyterlab/(markedparser|mathjax|mermaid|rendermime)|(marked|mermaid)$)',
    message:
      'Text of other people goes through components/common/untrusted/SafeMarkdown.'
  }
];

/**
 * The ways around it.
 */
const NO_RAW_HTML = [
  "JSXAttribute[name.name='dangerouslySetInnerHTML']",
  'AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]',
  'CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe|createContextualFragment)$/]'
].map(selector => ({
  selector,
  message: 'HTML comes into the page by safeNodes() of safeHtml.ts only.'
}));

/**
 * The folders of components/, each with the others that it may import.
 */
const COMPONENTS = {
  common: [],
  account: ['common'],
  browse: ['common', 'dataset'],
  channels: ['common', 'jobs'],
  dataset: ['channels', 'common'],
  drafts: ['common'],
  form: ['common'],
  jobs: ['common']
};

/**
 * Forbid some imports, and those that are forbidden everywhere.
 */
function contract(files, patterns) {
  return {
    files,
    ignores: ['src/**/__tests__/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [...patterns, ...OTHER_RENDERERS] }
      ]
    }
  };
}

/**
 * The guide is this project's own text, so JupyterLab lays it out.
 */
const OWN_TEXT = {
  files: ['src/guide/**', 'src/plugins/guide.ts'],
  rules: { 'no-restricted-imports': 'off' }
};

const THE_ENTRY = {
  regex: '^\\.{1,2}(/\\.\\.)*(/(index|commands)?)?$',
  message: 'Imports point down: only plugins know the entry.'
};

const contracts = [
  contract(['src/{tokens,icons}.ts'], forbidden('this file', ROOMS, ['types'])),
  ...Object.entries(ROOMS).map(([room, allowed]) =>
    contract(
      [`src/${room}/**`],
      [
        ...forbidden(room, ROOMS, [room, ...allowed]),
        {
          group: ['**/plugins/**'],
          message: `${room} may not import plugins.`
        },
        THE_ENTRY
      ]
    )
  )
];

/**
 * One pattern for each room that is not among the allowed ones. The generated types of the REST
 * interface are everybody's, through types/api.ts.
 */
function forbidden(room, rooms, allowed) {
  return Object.keys(rooms)
    .filter(other => !allowed.includes(other))
    .map(other => ({
      group: [`**/${other}/**`, '!**/api/schema'],
      message: `${room} may not import ${other}: see docs/architecture.md.`
    }));
}

/**
 * For a folder of components/, its own contract and that of all components, since ESLint takes the
 * last setting of a rule only.
 */
const componentContracts = Object.entries(COMPONENTS).map(([folder, allowed]) =>
  contract(
    [`src/components/${folder}/**`],
    [
      ...forbidden('components', ROOMS, ['components', ...ROOMS.components]),
      ...forbidden(`components/${folder}`, COMPONENTS, [folder, ...allowed]),
      {
        group: ['**/plugins/**'],
        message: 'Components may not import plugins.'
      },
      THE_ENTRY
    ]
  )
);

export default defineConfig([
  {
    ignores: [
      '**/*.js',
      '**/*.d.ts',
      '**/node_modules/',
      '.venv*/',
      'coverage/',
      'dist/',
      'huggingnersc_lab/',
      'lib/',
      'ui-tests/'
    ]
  },
  js.configs.recommended,
  tseslint.configs.recommended,
  { plugins: { jupyter: jupyterPlugin, 'react-hooks': reactHooks } },
  jupyterPlugin.configs.recommended,
  { files: ['scripts/*.mjs'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { project: 'tsconfig.test.json', sourceType: 'module' }
    },
    rules: {
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'interface',
          format: ['PascalCase'],
          custom: { regex: '^I[A-Z]', match: true }
        }
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } }
      ],
      'jupyter/prefer-lazy-imports': [
        'error',
        // The version is one word; the two others are needed at JupyterLab's start.
        {
          ignoreImports: [
            '../../package.json',
            '../api/client',
            '../models/session'
          ]
        }
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'react-hooks/rules-of-hooks': 'error',
      'no-restricted-syntax': ['error', ...NO_RAW_HTML],
      'no-restricted-imports': ['error', { patterns: OTHER_RENDERERS }],
      curly: ['error', 'all'],
      eqeqeq: 'error',
      'prefer-arrow-callback': 'error'
    }
  },
  {
    files: ['src/**/__tests__/**'],
    rules: { 'jupyter/no-untranslated-string': 'off' }
  },
  ...contracts,
  ...componentContracts,
  OWN_TEXT,
  prettierRecommended
]);
