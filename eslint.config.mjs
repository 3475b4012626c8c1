import js from '@eslint/js';
import jupyterPlugin from '@jupyter/eslint-plugin';
import { defineConfig } from 'eslint/config';
import prettierRecommended from 'eslint-plugin-prettier/recommended';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * The floors of src/, from the ground up, with what each must not import: whatever lies above it
 * and, for the views, the model and the client too (props in, callbacks out).
 */
const FLOORS = [
  {
    files: ['src/{tokens,errors,icons,links,safeHtml,scripts,settings}.ts'],
    above: [
      'api/client',
      'models/**',
      'components/**',
      'widgets/**',
      'plugins/**'
    ]
  },
  {
    files: ['src/api/{client,events,types}.ts'],
    above: ['models/**', 'components/**', 'widgets/**', 'plugins/**']
  },
  {
    files: ['src/models/**'],
    above: ['components/**', 'widgets/**', 'plugins/**']
  },
  {
    files: ['src/components/**'],
    above: ['api/client', 'api/events', 'models/**', 'widgets/**', 'plugins/**']
  },
  { files: ['src/widgets/**'], above: ['plugins/**'] }
];

/**
 * JupyterLab's renderers know commands, fetch images and draw diagrams: nothing that other people
 * wrote may reach them.
 */
const OTHER_RENDERERS = [
  {
    regex:
      '^(@jupyterlab/(markedparser|mathjax|mermaid|rendermime)|(marked|mermaid)$)',
    message: 'Text of other people goes through components/common/SafeMarkdown.'
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

const importsPointDown = FLOORS.map(({ files, above }) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: '^\\.{1,2}(/\\.\\.)*(/(index|commands)?)?$',
            message: 'Imports point down the floors: the entry is the roof.'
          },
          ...OTHER_RENDERERS,
          ...above.map(group => ({
            group: [`**/${group}`],
            message: `Imports point down the floors: ${group} lies above this file.`
          }))
        ]
      }
    ]
  }
}));

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
        // The version is one word; the two others are what a start needs.
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
  ...importsPointDown,
  prettierRecommended
]);
