import { codeIcon } from '@jupyterlab/ui-components';
import React from 'react';

import { Button } from '../../common/Button';
import { useForm } from '../context';

export interface IRepositoryScriptsProps {
  /**
   * File names of scripts that the repository on the Hub has.
   */
  scripts: readonly string[];
  /**
   * The one that is to be the loader.
   */
  chosen: string | null;
  onUse: (fileName: string | null) => void;
}

/**
 * The scripts of a repository that is adopted, each to be made the loader with one click.
 */
export function RepositoryScripts(
  props: IRepositoryScriptsProps
): JSX.Element | null {
  const { scripts, chosen, onUse } = props;
  const { readOnly, trans } = useForm();
  if (chosen !== null) {
    return (
      <div className="hnl-Script-bar">
        <span className="hnl-Script-name">
          <codeIcon.react tag="span" aria-hidden="true" />
          {trans.__('%1 from the repository', chosen)}
        </span>
        {!readOnly && (
          <Button look="plain" onClick={() => onUse(null)}>
            {trans.__('Do not use it')}
          </Button>
        )}
      </div>
    );
  }
  return readOnly || scripts.length === 0 ? null : (
    <div className="hnl-Script-bar">
      {scripts.map(name => (
        <Button key={name} onClick={() => onUse(name)}>
          {trans.__('Use %1 from the repository', name)}
        </Button>
      ))}
    </div>
  );
}
