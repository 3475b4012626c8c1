import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useId, useState } from 'react';

import type { IServiceKey } from '../../types/api';
import type { CatalogError } from '../../types/errors';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';
import { WebLink } from '../common/WebLink';

export interface IServiceKeysProps {
  keys: readonly IServiceKey[];
  error: CatalogError | null;
  /**
   * @returns Whether it was saved.
   */
  onSave: (name: string, key: string) => Promise<boolean>;
  onRemove: (name: string) => void;
  trans: TranslationBundle;
}

/**
 * Keys for other services, to be entered once. They are never shown again.
 */
export function ServiceKeys(props: IServiceKeysProps): JSX.Element | null {
  const { keys, error, trans } = props;
  if (keys.length === 0) {
    return null;
  }
  return (
    <section className="hnl-Keys">
      <h3 className="hnl-Page-title">{trans.__('Keys for sharing')}</h3>
      <p className="hnl-Field-help">
        {trans.__(
          'Your Jupyter server keeps them in files that only you can read, and never shows them again.'
        )}
      </p>
      {error && <Banner kind="error">{error.detail}</Banner>}
      {keys.map(key => (
        <KeyForm key={key.name} {...props} of={key} />
      ))}
    </section>
  );
}

function KeyForm(props: IServiceKeysProps & { of: IServiceKey }): JSX.Element {
  const { of, trans } = props;
  const [value, setValue] = useState('');
  const id = useId();
  return (
    <form
      className="hnl-Token"
      onSubmit={event => {
        event.preventDefault();
        const given = value.trim();
        setValue('');
        if (given) {
          void props.onSave(of.name, given);
        }
      }}
    >
      <label className="hnl-Field-label" htmlFor={id}>
        {of.title}
      </label>
      <div className="hnl-Field-help" id={`${id}-help`}>
        {of.source === 'file' && trans.__('A key is saved.')}
        {of.source === 'environment' &&
          trans.__('A key is set in the environment of the server.')}
        {!of.source &&
          (of.has_user
            ? trans.__('Enter it as USER:KEY.')
            : trans.__('No key is saved.'))}{' '}
        <WebLink href={of.help_url}>{trans.__('Get a key')}</WebLink>
      </div>
      <div className="hnl-Field-row">
        <input
          id={id}
          className="hnl-Input"
          type="password"
          autoComplete="off"
          spellCheck={false}
          aria-describedby={`${id}-help`}
          value={value}
          onChange={event => setValue(event.currentTarget.value)}
        />
        <button
          type="submit"
          className="hnl-Button"
          disabled={value.trim() === ''}
        >
          {trans.__('Save')}
        </button>
        {of.source === 'file' && (
          <Button onClick={() => props.onRemove(of.name)}>
            {trans.__('Remove')}
          </Button>
        )}
      </div>
    </form>
  );
}
