import { nullTranslator } from '@jupyterlab/translation';

import { CatalogError } from '../../types/errors';
import { errorFromResponse } from '../errors';

const trans = nullTranslator.load('huggingnersc_lab');

describe('errorFromResponse', () => {
  it('reads problem+json with all its findings', () => {
    const error = errorFromResponse(
      422,
      JSON.stringify({
        type: 'about:blank',
        title: 'Invalid record',
        status: 422,
        code: 'invalid_record',
        detail: 'Two fields need attention.',
        message: 'Two fields need attention.',
        errors: [
          { pointer: '/license', code: 'required', detail: 'Choose one.' },
          {
            pointer: '/tags/0',
            code: 'unknown_value',
            detail: 'No such tag.',
            suggestion: 'physics'
          }
        ]
      }),
      trans
    );
    expect(error).toBeInstanceOf(CatalogError);
    expect(error.code).toBe('invalid_record');
    expect(error.message).toBe('Two fields need attention.');
    expect(error.errors.map(({ pointer }) => pointer)).toEqual([
      '/license',
      '/tags/0'
    ]);
  });

  it('reads a problem that says neither why nor where', () => {
    const error = errorFromResponse(409, '{"code": "conflict"}', trans);
    expect(error.code).toBe('conflict');
    expect(error.detail).toBe('The server returned 409.');
    expect(error.errors).toEqual([]);
  });

  it('takes a 404 that is not ours for a missing extension', () => {
    for (const body of ['<html>', '', '{"message": "Not Found"}']) {
      const error = errorFromResponse(404, body, trans);
      expect(error.code).toBe('no_extension');
      expect(error.detail).toContain('Install the Python package');
    }
    expect(errorFromResponse(404, '{"code": "not_found"}', trans).code).toBe(
      'not_found'
    );
  });

  it.each([424, 502, 503, 504])(
    'takes a proxy that answers %d for a lost connection',
    status => {
      expect(errorFromResponse(status, '<html>', trans).code).toBe(
        'no_connection'
      );
    }
  );

  it('keeps what Jupyter Server says when it refuses', () => {
    const error = errorFromResponse(403, '{"message": "No entry."}', trans);
    expect(error.code).toBe('forbidden');
    expect(error.detail).toBe('No entry.');
  });

  it.each(['', 'null', '[1]', '"text"', '{"message": ""}', '{"detail": 7}'])(
    'says at least the status of the answer %j',
    body => {
      const error = errorFromResponse(500, body, trans);
      expect(error.code).toBe('unexpected');
      expect(error.detail).toContain('500');
    }
  );
});
